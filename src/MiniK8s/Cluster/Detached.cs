using System.Diagnostics;
using MiniK8s.Commands;

namespace MiniK8s.Cluster;

/// <summary>
/// <c>up -d</c>: the same command again as a process of its own session, so that it outlives the terminal. Its output goes to
/// <c>minik8s.log</c> in the data directory, and is shown while the cluster comes up.
/// </summary>
internal static class Detached
{
    private const string LogName = "minik8s.log";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts the process and waits until it is ready or has ended.</summary>
    public static async Task<int> RunAsync(UpOptions options, IReadOnlyList<string> arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (RunFile.Read(options.DataDirectory) is { } other)
        {
            throw new ClusterException($"a cluster runs already from {options.DataDirectory} (process {other.ProcessId}, {other.Server}); end it with `minik8s down`");
        }

        Directory.CreateDirectory(options.DataDirectory, OwnerOnly | UnixFileMode.UserExecute);
        var log = Path.Combine(options.DataDirectory, LogName);
        new FileStream(log, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }).Dispose();
        using var process = Start(arguments.Where(argument => argument is not ("-d" or "--detach")), log);
        using var follower = new LogFollower(log);
        while (true)
        {
            await follower.CopyAsync(output, cancellationToken);
            if (RunFile.Read(options.DataDirectory) is { Ready: true } run)
            {
                await follower.CopyAsync(output, cancellationToken);
                await output.WriteLineAsync($"Process {run.ProcessId}, log {log}; `minik8s down` ends it.");
                return 0;
            }

            if (process.HasExited)
            {
                await follower.CopyAsync(output, cancellationToken);
                return process.ExitCode == 0 ? 1 : process.ExitCode;
            }

            await Task.Delay(PollInterval, TimeProvider.System, cancellationToken);
        }
    }

    // setsid gives the process a session of its own; sh gives it the file as its output, which a .NET parent cannot.
    private static Process Start(IEnumerable<string> arguments, string log)
    {
        var program = Environment.ProcessPath ?? "dotnet";
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, typeof(Detached).Assembly.Location] : [program];
        var start = new ProcessStartInfo("setsid", ["sh", "-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", log, .. self, .. arguments]);
        return Process.Start(start) ?? throw new ClusterException("setsid (package util-linux) did not start");
    }

    private sealed class LogFollower(string path) : IDisposable
    {
        private readonly StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

        public async Task CopyAsync(TextWriter output, CancellationToken cancellationToken)
        {
            var text = await reader.ReadToEndAsync(cancellationToken);
            if (text.Length > 0) await output.WriteAsync(text);
        }

        public void Dispose() => reader.Dispose();
    }
}
