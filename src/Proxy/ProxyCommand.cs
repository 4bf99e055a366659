using System.CommandLine;
using System.CommandLine.Parsing;
using MiniK8s.Client.Config;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Modes;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Proxy;

/// <summary>The command line of a proxy process. In a node's network namespace the process is simply started inside it.</summary>
public sealed class ProxyCommand
{
    private readonly ConnectionOptions connection = new();
    private readonly Option<string> node = new("--node-name") { Description = "Name of the Node that the rules are for.", HelpName = "NAME", DefaultValueFactory = _ => Environment.MachineName.ToLowerInvariant() };
    private readonly Option<string> mode = new("--proxy-mode") { Description = "How the kernel is programmed: nftables, iptables, ipvs, or auto for the first of these that this machine can do.", HelpName = "MODE", DefaultValueFactory = _ => ProxyModes.Auto };
    private readonly Option<string> variant = new("--iptables-variant") { Description = "Which iptables: auto (the system's choice), nft or legacy.", HelpName = "WHICH", DefaultValueFactory = _ => "auto" };
    private readonly Option<string> scheduler = new("--ipvs-scheduler") { Description = $"How IPVS chooses, but for Services with round robin: {string.Join(", ", IpvsSchedulers.Known)}.", HelpName = "NAME", DefaultValueFactory = _ => IpvsSchedulers.Default };
    private readonly Option<string> pods = new("--cluster-cidr") { Description = "Where pods live, one block per family; clients from elsewhere are masqueraded.", HelpName = "CIDR[,CIDR]", DefaultValueFactory = _ => "" };
    private readonly Option<Balancing> balancing = new("--balancing") { Description = "How connections are spread: random or round-robin; a Service may say otherwise by the annotation minik8s.io/balancing.", HelpName = "HOW", DefaultValueFactory = _ => Balancing.Random, CustomParser = ParseBalancing };
    private readonly Option<TimeSpan?> minimum = Optional("--min-sync-period", "Syncs begin no closer together than this; 0s with nftables and 5ms with iptables unless given.");
    private readonly Option<TimeSpan> period = Duration("--sync-period", "How often the kernel's rules are compared with what they should be.", TimeSpan.FromSeconds(15));
    private readonly Option<bool> masquerade = new("--masquerade-all") { Description = "Hide every client of a cluster IP behind the node's address." };
    private readonly Option<string> nodePorts = new("--nodeport-addresses") { Description = "Blocks of addresses on which node ports answer, or primary for the Node's own; unless given, primary with nftables and else all but loopback.", HelpName = "CIDR[,CIDR]", DefaultValueFactory = _ => "" };
    private readonly Option<string> healthz = new("--healthz-bind-address") { Description = "Where /healthz and /livez are served; empty for nowhere.", HelpName = "IP:PORT", DefaultValueFactory = _ => "0.0.0.0:10256" };
    private readonly Option<string> metrics = new("--metrics-bind-address") { Description = "Where /metrics is served; empty for nowhere.", HelpName = "IP:PORT", DefaultValueFactory = _ => "127.0.0.1:10249" };
    private readonly Option<bool> cleanup = new("--cleanup") { Description = "Remove all rules of the proxy and end." };
    private readonly Option<int> verbosity = new("-v") { Description = "Log verbosity: 2 says what happens, 4 why.", HelpName = "N", DefaultValueFactory = _ => 2 };

    private ProxyCommand()
    {
    }

    /// <summary>Describes the options and what they start.</summary>
    public static RootCommand Create()
    {
        var self = new ProxyCommand();
        var command = new RootCommand("Forwards what is sent to Services to their pods, by rules in this node's kernel.")
        {
            self.node, self.mode, self.variant, self.scheduler, self.pods, self.balancing, self.minimum, self.period, self.masquerade,
            self.nodePorts, self.healthz, self.metrics, self.cleanup, self.verbosity,
        };
        self.connection.AddTo(command);
        command.SetAction(self.RunAsync);
        return command;
    }

    private ProxyOptions Read(ParseResult result) => new()
    {
        NodeName = result.GetValue(node)!,
        Mode = result.GetValue(mode)!,
        IptablesVariant = result.GetValue(variant)!,
        IpvsScheduler = result.GetValue(scheduler)!,
        ClusterCidr = result.GetValue(pods)!,
        Balancing = result.GetValue(balancing),
        MinSyncPeriod = result.GetValue(minimum),
        SyncPeriod = result.GetValue(period),
        MasqueradeAll = result.GetValue(masquerade),
        NodePortAddresses = result.GetValue(nodePorts)!,
        HealthzBindAddress = result.GetValue(healthz)!,
        MetricsBindAddress = result.GetValue(metrics)!,
    };

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(cleanup)) return await CleanUpAsync(cancellationToken);
        var options = Read(result);
        if (options.Validate().ToList() is { Count: > 0 } wrong)
        {
            await Console.Error.WriteLineAsync($"error: {string.Join("; ", wrong)}");
            return 2;
        }
        using var loggers = ConsoleLogs.Create(result.GetValue(verbosity));
        try
        {
            await using var context = ComponentContextFactory.Create(connection.Read(result), "minik8s-proxy", loggers);
            return await ComponentHost.RunAsync([new ProxyComponent(context.Context, options)], loggers, cancellationToken);
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

    private static Option<TimeSpan?> Optional(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = argument => ParseDuration(name, argument),
    };

    private static Option<TimeSpan> Duration(string name, string description, TimeSpan otherwise) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        DefaultValueFactory = _ => otherwise,
        CustomParser = argument => ParseDuration(name, argument),
    };

    private static TimeSpan ParseDuration(string name, ArgumentResult argument)
    {
        if (DurationText.TryParse(argument.Tokens[0].Value, out var duration)) return duration;
        argument.AddError($"{name}: \"{argument.Tokens[0].Value}\" is no duration such as 10ms, 15s or 1h");
        return default;
    }

    private static Balancing ParseBalancing(ArgumentResult argument)
    {
        if (BalancingNames.TryParse(argument.Tokens[0].Value, out var balancing)) return balancing;
        argument.AddError($"--balancing: \"{argument.Tokens[0].Value}\" is unknown; give random or round-robin");
        return default;
    }
}
