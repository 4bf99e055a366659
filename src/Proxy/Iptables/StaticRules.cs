using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Iptables;

/// <summary>What is there whatever Services there are: the chains of fixed name, their own rules, and the jumps into them.</summary>
internal static class StaticRules
{
    private const string NewOnly = "-m conntrack --ctstate NEW ";

    // Two matches: in one, NEW and DNAT would be alternatives.
    private const string NewUntranslated = NewOnly + "-m conntrack ! --ctstate DNAT ";

    /// <summary>The chains of fixed name by table.</summary>
    public static IReadOnlyList<(Table Table, string Chain)> Chains { get; } =
    [
        (Table.Mangle, ChainNames.Canary),
        (Table.Filter, ChainNames.Canary),
        (Table.Filter, ChainNames.Services),
        (Table.Filter, ChainNames.ExternalServices),
        (Table.Filter, ChainNames.NodePorts),
        (Table.Filter, ChainNames.Firewall),
        (Table.Filter, ChainNames.ClusterIPs),
        (Table.Filter, ChainNames.Forward),
        (Table.Nat, ChainNames.Canary),
        (Table.Nat, ChainNames.Services),
        (Table.Nat, ChainNames.NodePorts),
        (Table.Nat, ChainNames.Postrouting),
        (Table.Nat, ChainNames.MarkMasquerade),
    ];

    /// <summary>Writes the chain that chains of Services jump to, and which therefore goes with the first of them.</summary>
    public static void WriteMark(RestoreScript script, IptablesSettings settings) =>
        script.Own(ChainNames.MarkMasquerade).Line($"-A {ChainNames.MarkMasquerade} -j MARK --or-mark {settings.MasqueradeMark}");

    /// <summary>
    /// The jumps from built-in chains, first to be walked first. They go before whatever else is in those chains. The words
    /// are in the order in which iptables-save gives them back, so that they can be compared.
    /// </summary>
    public static IReadOnlyList<Jump> Jumps { get; } =
    [
        new(Table.Filter, "INPUT", $"{NewOnly}-m comment --comment \"kubernetes load balancer firewall\" -j {ChainNames.Firewall}"),
        new(Table.Filter, "INPUT", $"-m comment --comment \"kubernetes health check service ports\" -j {ChainNames.NodePorts}"),
        new(Table.Filter, "INPUT", $"{NewOnly}-m comment --comment \"kubernetes externally-visible service portals\" -j {ChainNames.ExternalServices}"),
        new(Table.Filter, "FORWARD", $"{NewOnly}-m comment --comment \"kubernetes load balancer firewall\" -j {ChainNames.Firewall}"),
        new(Table.Filter, "FORWARD", $"-m comment --comment \"kubernetes forwarding rules\" -j {ChainNames.Forward}"),
        new(Table.Filter, "FORWARD", $"{NewOnly}-m comment --comment \"kubernetes service portals\" -j {ChainNames.Services}"),
        new(Table.Filter, "FORWARD", $"{NewOnly}-m comment --comment \"kubernetes externally-visible service portals\" -j {ChainNames.ExternalServices}"),
        // After the chains that drop: what policy Local holds off must stay silent.
        new(Table.Filter, "FORWARD", $"{NewUntranslated}-m comment --comment \"kubernetes unused ports of cluster IPs\" -j {ChainNames.ClusterIPs}"),
        new(Table.Filter, "OUTPUT", $"{NewOnly}-m comment --comment \"kubernetes load balancer firewall\" -j {ChainNames.Firewall}"),
        new(Table.Filter, "OUTPUT", $"{NewOnly}-m comment --comment \"kubernetes service portals\" -j {ChainNames.Services}"),
        new(Table.Filter, "OUTPUT", $"{NewUntranslated}-m comment --comment \"kubernetes unused ports of cluster IPs\" -j {ChainNames.ClusterIPs}"),
        new(Table.Nat, "PREROUTING", $"-m comment --comment \"kubernetes service portals\" -j {ChainNames.Services}"),
        new(Table.Nat, "OUTPUT", $"-m comment --comment \"kubernetes service portals\" -j {ChainNames.Services}"),
        new(Table.Nat, "POSTROUTING", $"-m comment --comment \"kubernetes postrouting rules\" -j {ChainNames.Postrouting}"),
    ];

    /// <summary>Writes the rules of the chains that no Service adds to.</summary>
    /// <param name="script">Where to.</param>
    /// <param name="settings">Marks and blocks.</param>
    /// <param name="dropsForwarded">Whether what no rule accepts is not forwarded.</param>
    /// <param name="beforeMasquerading">Writes what marks packets on their way out, where that is needed.</param>
    public static void Write(
        RestoreScript script, IptablesSettings settings, bool dropsForwarded, Action<RestoreScript, IptablesSettings>? beforeMasquerading = null)
    {
        var mark = settings.MasqueradeMark;
        var filter = script.Rules(Table.Filter);
        // A packet that conntrack cannot place would pass untranslated and reset the connection (kubernetes/kubernetes#74839).
        filter.Line($"-A {ChainNames.Forward} -m conntrack --ctstate INVALID -j DROP");
        filter.Line($"-A {ChainNames.Forward} -m comment --comment \"kubernetes forwarding rules\" -m mark --mark {mark}/{mark} -j ACCEPT");
        filter.Line($"-A {ChainNames.Forward} -m comment --comment \"kubernetes forwarding conntrack rule\" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
        if (dropsForwarded && settings.PodCidr is { } pods)
        {
            // Not kube-proxy's. Docker makes FORWARD drop what comes to a bridge from elsewhere: what other nodes send to this node's
            // pods, and what keeps its source under policy Local, both of them unmarked. Kubernetes wants pods to be reached.
            filter.Line($"-A {ChainNames.Forward} -m comment --comment \"kubernetes forwarding to pods\" -d {pods} -j ACCEPT");
        }
        beforeMasquerading?.Invoke(script, settings);
        var nat = script.Rules(Table.Nat);
        nat.Line($"-A {ChainNames.Postrouting} -m mark ! --mark {mark}/{mark} -j RETURN");
        // Cleared, so that a packet that passes here again (through a tunnel) is not masqueraded twice.
        nat.Line($"-A {ChainNames.Postrouting} -j MARK --xor-mark {mark}");
        var fully = settings.RandomFully ? " --random-fully" : "";
        nat.Line($"-A {ChainNames.Postrouting} -m comment --comment \"kubernetes service traffic requiring SNAT\" -j MASQUERADE{fully}");
    }

    /// <summary>How many rules <see cref="WriteNodePortJump"/> writes.</summary>
    public static int NodePortJumps(NodeState node) => node.NodePortAddresses?.Count ?? 1;

    /// <summary>Writes the last rules of the nat table's KUBE-SERVICES, which come after those of all Services.</summary>
    public static void WriteNodePortJump(RestoreScript script, IptablesSettings settings, NodeState node)
    {
        var nat = script.Rules(Table.Nat);
        const string Comment = "kubernetes service nodeports; NOTE: this must be the last rule in this chain";
        if (node.NodePortAddresses is not { } addresses)
        {
            // Answers from a loopback address could not leave the node, and route_localnet opens more than it gives (CVE-2020-8558).
            nat.Line($"-A {ChainNames.Services} -m comment --comment \"{Comment}\" -m addrtype --dst-type LOCAL ! -d {settings.Loopback} -j {ChainNames.NodePorts}");
            return;
        }
        foreach (var address in addresses)
        {
            nat.Line($"-A {ChainNames.Services} -m comment --comment \"{Comment}\" -d {address} -j {ChainNames.NodePorts}");
        }
    }
}

/// <summary>A rule in a built-in chain that leads into one of ours.</summary>
internal sealed record Jump(Table Table, string From, string Rule);
