using System.Diagnostics;

namespace MiniK8s.TestKit.Processes;

/// <summary>
/// Runs a program to its end and gives back what it wrote. For short-lived tools (<c>ip</c>, <c>nsenter</c>, <c>kubectl</c>);
/// servers run on instead.
/// </summary>
public static class Command
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program and returns its answer whatever its exit code is.</summary>
    /// <param name="arguments">The program and its arguments, one element each; no shell reads them.</param>
    /// <param name="input">What the program reads on its standard input; null closes it at once.</param>
    /// <param name="environment">Variables that are added to, or replace, those of this process.</param>
    /// <param name="timeout">After this time, one minute unless told, the program and its children are killed.</param>
    /// <exception cref="TimeoutException">The program did not end in time; the message carries what it wrote until then.</exception>
    public static async Task<CommandResult> TryAsync(
        IReadOnlyList<string> arguments,
        string? input = null,
        IReadOnlyDictionary<string, string>? environment = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
    {
        using var process = new Process { StartInfo = StartInfo(arguments, environment) };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout ?? DefaultTimeout);
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await WriteInputAsync(process, input, deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"{string.Join(' ', arguments)} did not end within {timeout ?? DefaultTimeout}: {await error}");
        }

        return new CommandResult(string.Join(' ', arguments), process.ExitCode, await output, await error);
    }

    /// <summary>Runs a program that must succeed and returns its standard output.</summary>
    /// <exception cref="CommandFailedException">The exit code is not zero.</exception>
    public static async Task<string> RunAsync(
        IReadOnlyList<string> arguments,
        string? input = null,
        IReadOnlyDictionary<string, string>? environment = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) =>
        (await TryAsync(arguments, input, environment, timeout, cancellationToken)).OutputOrThrow();

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var info = new ProcessStartInfo(Tools.Find(arguments[0]) ?? arguments[0], arguments.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private static async Task WriteInputAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading; its exit code and its error output say why.
        }
    }
}

/// <summary>What a finished program left.</summary>
/// <param name="CommandLine">The program and its arguments, for messages.</param>
/// <param name="ExitCode">Zero for success.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
public sealed record CommandResult(string CommandLine, int ExitCode, string Output, string Error)
{
    /// <summary>True when the exit code is zero.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>The standard output of a program that succeeded.</summary>
    /// <exception cref="CommandFailedException">The exit code is not zero.</exception>
    public string OutputOrThrow() => Succeeded ? Output : throw new CommandFailedException(this);
}

/// <summary>A program that had to succeed did not; the message carries the command line, the exit code and its errors.</summary>
public sealed class CommandFailedException(CommandResult result)
    : Exception($"`{result.CommandLine}` ended with {result.ExitCode}: {result.Error.Trim()} {result.Output.Trim()}".TrimEnd())
{
    /// <summary>The program's answer.</summary>
    public CommandResult Result { get; } = result;
}
