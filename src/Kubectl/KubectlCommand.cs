using System.CommandLine;
using System.CommandLine.Help;
using MiniK8s.Kubectl.CommandLine;
using MiniK8s.Kubectl.Commands;

namespace MiniK8s.Kubectl;

/// <summary>The command line that speaks to a cluster; its commands, names and output follow kubectl's.</summary>
public static class KubectlCommand
{
    private const int Interrupted = 130;

    // Names of files may begin with an at sign; nothing is read in their place.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Describes all commands.</summary>
    /// <param name="terminal">Where answers go.</param>
    public static Command Create(Terminal terminal)
    {
        var globals = new GlobalOptions(terminal);
        var root = new Command("kubectl", "Speaks to a MiniK8s or Kubernetes cluster.")
        {
            GetCommand.Create(globals),
            DescribeCommand.Create(globals),
            ApplyCommand.Create(globals),
            CreateCommand.Create(globals),
            DeleteCommand.Create(globals),
            ApiResourcesCommand.Create(globals),
            ClusterInfoCommand.Create(globals),
            VersionCommand.Create(globals),
            ProxyCommand.Create(globals),
            new HelpOption { Action = new HelpText(), Description = "Show this text.", Recursive = true },
        };
        globals.AddTo(root);
        root.SetAction((_, cancellationToken) => RunAsync(["--help"], terminal, cancellationToken));
        return root;
    }

    /// <summary>Runs one command line on the process's own streams.</summary>
    /// <returns>0, or 1 after an error, which has been printed; 130 when it was interrupted.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default) =>
        RunAsync(arguments, Terminal.OfProcess, cancellationToken);

    /// <summary>As above, with other streams.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken = default)
    {
        try
        {
            // As with kubectl, `help get` is `get --help`.
            IReadOnlyList<string> words = arguments is ["help", ..] ? [.. arguments.Skip(1), "--help"] : arguments;
            var line = Create(terminal).Parse(words, Parsing);
            if (WrongUsage.Of(line) is { } complaint)
            {
                await terminal.Error.WriteLineAsync(complaint);
                return 1;
            }

            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = terminal.Output, Error = terminal.Error };
            return await line.InvokeAsync(invocation, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception error)
        {
            await terminal.Error.WriteLineAsync(ErrorText.Of(error));
            return 1;
        }
    }
}
