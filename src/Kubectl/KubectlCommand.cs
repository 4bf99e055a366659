using System.CommandLine;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Config;
using MiniK8s.Kubectl.Commands;

namespace MiniK8s.Kubectl;

/// <summary>The command line that speaks to a cluster; its commands, names and output follow kubectl's.</summary>
public static class KubectlCommand
{
    /// <summary>Describes all commands.</summary>
    /// <param name="terminal">Where answers go.</param>
    public static RootCommand Create(Terminal terminal)
    {
        var globals = new GlobalOptions(terminal);
        var root = new RootCommand("Speaks to a MiniK8s or Kubernetes cluster.")
        {
            GetCommand.Create(globals),
            DescribeCommand.Create(globals),
            CreateCommand.Create(globals),
            DeleteCommand.Create(globals),
            ApiResourcesCommand.Create(globals),
            ClusterInfoCommand.Create(globals),
            VersionCommand.Create(globals),
            ProxyCommand.Create(globals),
        };
        globals.AddTo(root);
        return root;
    }

    /// <summary>Runs one command line on the process's own streams.</summary>
    /// <returns>0, or 1 after an error, which has been printed as one line.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default) =>
        RunAsync(arguments, Terminal.OfProcess, cancellationToken);

    /// <summary>As above, with other streams.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken = default)
    {
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = terminal.Output, Error = terminal.Error };
        try
        {
            return await Create(terminal).Parse(arguments).InvokeAsync(invocation, cancellationToken);
        }
        catch (ApiException error)
        {
            await terminal.Error.WriteLineAsync(error.Reason.Length == 0 ? $"error: {error.Message}" : $"Error from server ({error.Reason}): {error.Message}");
        }
        catch (Exception error) when (error is CommandException or KubeConfigException or DecodingException or HttpRequestException or IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync($"error: {error.Message}");
        }
        catch (OperationCanceledException)
        {
            return 130;
        }

        return 1;
    }
}

/// <summary>A command cannot do what it was asked; the message is for the user.</summary>
internal sealed class CommandException(string message) : Exception(message);

/// <summary>The streams of a command.</summary>
/// <param name="Output">Answers.</param>
/// <param name="Error">Errors and warnings.</param>
/// <param name="Input">What <c>-f -</c> reads.</param>
public sealed record Terminal(TextWriter Output, TextWriter Error, Func<Stream> Input)
{
    /// <summary>The process's own.</summary>
    public static Terminal OfProcess => new(Console.Out, Console.Error, Console.OpenStandardInput);
}
