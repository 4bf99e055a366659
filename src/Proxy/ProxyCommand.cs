using System.CommandLine;
using MiniK8s.Client.Config;
using MiniK8s.Proxy.Explain;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Proxy;

/// <summary>The command line of a proxy process. In a node's network namespace the process is simply started inside it.</summary>
public sealed class ProxyCommand
{
    private readonly ConnectionOptions connection = new();
    private readonly ProxyCommandOptions options = new();
    private readonly Option<bool> cleanup = new("--cleanup") { Description = "Remove all rules of the proxy and end." };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Print what a sync would change in this node's kernel, change nothing, and end: with 0 where that is nothing, else with 1. What the running proxy works with counts unless given here." };
    private readonly Option<int> verbosity = new("-v") { Description = "Log verbosity: 2 says what happens, 4 why.", HelpName = "N", DefaultValueFactory = _ => 2 };

    private ProxyCommand()
    {
    }

    /// <summary>Describes the options and what they start.</summary>
    public static RootCommand Create()
    {
        var self = new ProxyCommand();
        var command = new RootCommand("Forwards what is sent to Services to their pods, by rules in this node's kernel.");
        self.options.AddTo(command);
        foreach (var option in (Option[])[self.dryRun, self.cleanup, self.verbosity]) command.Add(option);
        self.connection.AddTo(command);
        command.Add(new ExplainCommand(self.options).Create());
        command.SetAction(self.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(cleanup)) return await CleanUpAsync(cancellationToken);
        var given = options.Read(result);
        if (given.Validate().ToList() is { Count: > 0 } wrong)
        {
            await Console.Error.WriteLineAsync($"error: {string.Join("; ", wrong)}");
            return 2;
        }
        if (result.GetValue(dryRun)) return await new DryRunCommand(given, options.GivenIn(result)).RunAsync(connection.Read(result).Kubeconfig, result.InvocationConfiguration, cancellationToken);
        using var loggers = ConsoleLogs.Create(result.GetValue(verbosity));
        try
        {
            var settings = connection.Read(result);
            var config = ClientConfigs.Load(settings.Kubeconfig) with { WatchesApart = true };
            await using var context = ComponentContextFactory.Create(config, settings, "minik8s-proxy", loggers);
            var proxy = new ProxyComponent(context.Context, given);
            return await ComponentHost.RunAsync([proxy, new Thrift(proxy, TimeProvider.System)], loggers, cancellationToken);
        }
        catch (KubeConfigException missing)
        {
            await Console.Error.WriteLineAsync($"error: {missing.Message}");
            return 2;
        }
    }

    private static async Task<int> CleanUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            var cleaned = await ProxyCleanup.RunAsync(TimeProvider.System, cancellationToken);
            Console.WriteLine(cleaned.Count == 0 ? "no rules found" : $"rules removed from {string.Join(", ", cleaned)}");
            return 0;
        }
        catch (ProxyStartException e)
        {
            await Console.Error.WriteLineAsync($"error: {e.Message}");
            return 1;
        }
    }
}
