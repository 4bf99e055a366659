using System.CommandLine;
using System.CommandLine.Parsing;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Modes;

namespace MiniK8s.Proxy;

/// <summary>The options of the proxy's command line that say how it works: the proxy takes them all, its questions those that matter to the answer.</summary>
internal sealed class ProxyCommandOptions
{
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

    /// <summary>Adds all of them.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[node, mode, variant, scheduler, pods, balancing, minimum, period, masquerade, nodePorts, healthz, metrics]) command.Add(option);
    }

    /// <summary>Adds those that decide what happens to a packet, and where the running proxy can be asked for them.</summary>
    public void AddQuestionTo(Command command)
    {
        foreach (var option in (Option[])[node, mode, scheduler, pods, balancing, masquerade, nodePorts, metrics]) command.Add(option);
    }

    /// <summary>What was given, and the defaults of what was not.</summary>
    public ProxyOptions Read(ParseResult result) => new()
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

    /// <summary>The names of those that the user gave.</summary>
    public IReadOnlySet<string> GivenIn(ParseResult result) =>
        ((Option[])[node, mode, variant, scheduler, pods, balancing, masquerade, nodePorts])
            .Where(option => result.GetResult(option) is { Implicit: false })
            .Select(option => option.Name)
            .ToHashSet(StringComparer.Ordinal);

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
