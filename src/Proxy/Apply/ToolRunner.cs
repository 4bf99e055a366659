using System.ComponentModel;
using System.Diagnostics;

namespace MiniK8s.Proxy.Apply;

/// <summary>The one place where the proxy starts a process: a program from a list of words, its input from memory.</summary>
internal sealed class ToolRunner(TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly string[] AdministratorFolders = ["/usr/sbin", "/sbin", "/usr/local/sbin"];

    /// <summary>Where a program lies: on the path, or in the administrator's folders, which the path may lack; null if nowhere.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(AdministratorFolders)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end, which comes within two minutes or by force, and gives back what it wrote.</summary>
    /// <exception cref="ToolException">The program is missing, did not end in time, or ended with a failure.</exception>
    public async Task<byte[]> RunAsync(IReadOnlyList<string> command, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var process = Start(command);
        try
        {
            using var output = new MemoryStream();
            var error = process.StandardError.ReadToEndAsync(either.Token);
            var copy = process.StandardOutput.BaseStream.CopyToAsync(output, either.Token);
            await FeedAsync(process, input, either.Token);
            await Task.WhenAll(error, copy, process.WaitForExitAsync(either.Token));
            return process.ExitCode == 0 ? output.ToArray() : throw new ToolException(command, process.ExitCode, await error);
        }
        catch (OperationCanceledException)
        {
            // Each table changes at once or not at all, so no half of a change can stay behind.
            process.Kill(entireProcessTree: true);
            if (cancellationToken.IsCancellationRequested) throw;
            throw new ToolException(command, -1, $"did not end within {Limit.TotalSeconds} s");
        }
    }

    private static Process Start(IReadOnlyList<string> command)
    {
        var info = new ProcessStartInfo(Find(command[0]) ?? command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(info) ?? throw new ToolException(command, -1, "did not start");
        }
        catch (Win32Exception e)
        {
            throw new ToolException(command, -1, e.Message);
        }
    }

    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading to the end; exit code and error output say why.
        }
    }
}

/// <summary>A program that was needed failed.</summary>
/// <param name="command">The program and its arguments.</param>
/// <param name="exitCode">Its exit code; -1 where it never ended by itself.</param>
/// <param name="error">What it wrote on standard error, or why it did not run.</param>
internal sealed class ToolException(IReadOnlyList<string> command, int exitCode, string error)
    : Exception($"{string.Join(' ', command)} failed with exit code {exitCode}: {error.Trim()}")
{
    public int ExitCode => exitCode;

    public string Error => error;
}
