using System.Diagnostics;

namespace MiniK8s.TestKit.Processes;

/// <summary>A server whose output goes to a file, so that it can run on when nobody reads, and be asked for its last words.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int LastLines = 30;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly string _log;

    private ServerProcess(Process process, string log)
    {
        _process = process;
        _log = log;
    }

    /// <summary>Starts a program; its output and errors are appended to a file.</summary>
    internal static ServerProcess Start(IReadOnlyList<string> command, string log)
    {
        // The shell opens the file and becomes the program; pipes to this process would break when this process ends.
        var info = new ProcessStartInfo("/bin/sh", ["-c", "exec >>\"$0\" 2>&1 </dev/null; exec \"$@\"", log, .. command]) { UseShellExecute = false };
        return new ServerProcess(Process.Start(info) ?? throw new InvalidOperationException($"could not start {command[0]}"), log);
    }

    /// <summary>Waits for a condition; a server that ends before it holds, or a deadline that passes, fails with the end of the log.</summary>
    internal async Task WaitUntilAsync(Func<Task<bool>> condition, string what, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"it ended with {_process.ExitCode} before {what}: {Tail()}");
            }

            if (TimeProvider.System.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"not within {limit}: {what}: {Tail()}");
            }

            await Task.Delay(Poll, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Ends the server at once and waits until it is gone.</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose() => _process.Dispose();

    private string Tail() => File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(LastLines)) : "it wrote nothing";
}
