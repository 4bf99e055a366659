using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>
/// The rules beside the virtual servers: what to masquerade, redirect, drop and refuse. They ask sets, so they stay the same
/// whatever Services there are; only redirections have rules of their own (external policy Local, and affinity with several ways in).
/// </summary>
internal static class IpvsRules
{
    private const string NewOnly = "-m conntrack --ctstate NEW ";

    /// <summary>The chains that only this mode has.</summary>
    public static IReadOnlyList<(Table Table, string Chain)> OwnChains { get; } =
    [
        (Table.Mangle, ChainNames.Firewall),
        (Table.Filter, ChainNames.IpvsFilter),
        (Table.Nat, ChainNames.IpvsInside),
        (Table.Nat, ChainNames.IpvsAffinity),
    ];

    /// <summary>All chains of this mode.</summary>
    private static IReadOnlyList<(Table Table, string Chain)> Chains { get; } =
    [
        .. OwnChains,
        (Table.Mangle, ChainNames.Canary),
        (Table.Filter, ChainNames.Canary),
        (Table.Filter, ChainNames.NodePorts),
        (Table.Filter, ChainNames.Firewall),
        (Table.Filter, ChainNames.Forward),
        (Table.Nat, ChainNames.Canary),
        (Table.Nat, ChainNames.Services),
        (Table.Nat, ChainNames.Postrouting),
        (Table.Nat, ChainNames.MarkMasquerade),
    ];

    /// <summary>The jumps from built-in chains, as <see cref="StaticRules.Jumps"/>.</summary>
    public static IReadOnlyList<Jump> Jumps { get; } =
    [
        // What this node sends to a virtual server never reaches the filter table under the Service's address.
        new(Table.Mangle, "OUTPUT", $"{NewOnly}-m comment --comment \"kubernetes load balancer firewall\" -j {ChainNames.Firewall}"),
        new(Table.Filter, "INPUT", $"{NewOnly}-m comment --comment \"kubernetes load balancer firewall\" -j {ChainNames.Firewall}"),
        new(Table.Filter, "INPUT", $"-m comment --comment \"kubernetes health check service ports\" -j {ChainNames.NodePorts}"),
        new(Table.Filter, "INPUT", $"-m comment --comment \"kubernetes ipvs access filter\" -j {ChainNames.IpvsFilter}"),
        new(Table.Filter, "FORWARD", $"-m comment --comment \"kubernetes forwarding rules\" -j {ChainNames.Forward}"),
        new(Table.Nat, "PREROUTING", $"-m comment --comment \"kubernetes service portals\" -j {ChainNames.Services}"),
        new(Table.Nat, "OUTPUT", $"-m comment --comment \"kubernetes service portals\" -j {ChainNames.Services}"),
        new(Table.Nat, "POSTROUTING", $"-m comment --comment \"kubernetes postrouting rules\" -j {ChainNames.Postrouting}"),
    ];

    /// <summary>Everything, over whatever is there: chains of other modes go in the same step.</summary>
    public static RestoreScript Full(IptablesSettings settings, IEnumerable<Redirection> redirections, KernelTables found)
    {
        var script = new RestoreScript();
        foreach (var (table, chain) in Chains.Where(known => known.Chain != ChainNames.MarkMasquerade)) script.Declare(table, chain);
        StaticRules.WriteMark(script, settings);
        WriteForward(script, settings, found);
        WriteFilter(script, settings);
        WriteNat(script, settings);
        WriteRedirections(script, redirections);
        JumpRepair.Write(script, found, Jumps);
        for (var table = 0; table < Tables.Count; table++)
        {
            foreach (var chain in found.ChainsOf((Table)table).Keys.Where(chain => !Chains.Contains(((Table)table, chain))))
            {
                ScriptBuilder.Retire(script, found, (Table)table, chain);
            }
        }
        return script;
    }

    /// <summary>The redirections alone.</summary>
    public static RestoreScript OnlyRedirections(IEnumerable<Redirection> redirections)
    {
        var script = new RestoreScript();
        script.Declare(Table.Nat, ChainNames.IpvsInside);
        script.Declare(Table.Nat, ChainNames.IpvsAffinity);
        WriteRedirections(script, redirections);
        return script;
    }

    /// <summary>The chain of a redirection.</summary>
    public static string ChainOf(Redirection redirection) => redirection.ForAffinity ? ChainNames.IpvsAffinity : ChainNames.IpvsInside;

    /// <summary>The rule of a redirection.</summary>
    public static string TextOf(Redirection redirection)
    {
        var (protocol, from, to) = (redirection.From.Protocol.LowerName(), redirection.From, redirection.To);
        return $"-A {ChainOf(redirection)} -m {protocol} -p {protocol} -d {from.Address} --dport {from.Port} -j DNAT --to-destination {AddressText.Of(to.Address, to.Port)}";
    }

    private static void WriteForward(RestoreScript script, IptablesSettings settings, KernelTables found) =>
        StaticRules.Write(script, settings, found.DropsForwarded, WriteHairpin);

    /// <summary>An endpoint that reached itself must see another's address, or its answer would not come back this way.</summary>
    private static void WriteHairpin(RestoreScript script, IptablesSettings settings) =>
        script.Rules(Table.Nat).Line($"-A {ChainNames.Postrouting} -m set --match-set {Name(IpSet.LoopBack, settings)} dst,dst,src -j {ChainNames.MarkMasquerade}");

    private static void WriteFilter(RestoreScript script, IptablesSettings settings)
    {
        var mangle = script.Rules(Table.Mangle);
        var filter = script.Rules(Table.Filter);
        var notAllowed = NotAllowed(settings);
        var clusterIP = Matches(IpSet.ClusterIP, settings);
        var noLocal = Matches(IpSet.NoLocalEndpoints, settings);
        mangle.Line($"-A {ChainNames.Firewall} {notAllowed} -j DROP");
        mangle.Line($"-A {ChainNames.Firewall} {clusterIP} {noLocal} -j DROP");
        filter.Line($"-A {ChainNames.Firewall} {notAllowed} -j DROP");
        filter.Line($"-A {ChainNames.Firewall} {noLocal} -j DROP");
        filter.Line($"-A {ChainNames.NodePorts} -m tcp -p tcp -m set --match-set {Name(IpSet.HealthCheckPort, settings)} dst -j ACCEPT");
        foreach (var set in (IpSet[])[IpSet.ClusterIP, IpSet.ExternalIP, IpSet.ExternalIPLocal])
        {
            filter.Line($"-A {ChainNames.IpvsFilter} {Matches(set, settings)} -j ACCEPT");
        }
        // A port that no Service has must not lead to a program of the node. Aliases are open to what was redirected only.
        var bound = Name(IpSet.BoundIP, settings);
        var ping = settings.Family == IpFamily.V4 ? "icmp" : "ipv6-icmp";
        filter.Line($"-A {ChainNames.IpvsFilter} -m conntrack --ctstate DNAT -m set --match-set {bound} dst -j ACCEPT");
        filter.Line($"-A {ChainNames.IpvsFilter} ! -p {ping} -m conntrack --ctstate NEW -m set --match-set {bound} dst -j REJECT --reject-with {settings.Refusal}");
    }

    private static void WriteNat(RestoreScript script, IptablesSettings settings)
    {
        var nat = script.Rules(Table.Nat);
        var clusterIP = Matches(IpSet.ClusterIP, settings);
        var local = Matches(IpSet.ExternalIPLocal, settings);
        // Not to be let in: neither marked nor redirected, so that the filter table still knows it by its address.
        nat.Line($"-A {ChainNames.Services} {NotAllowed(settings)} -j RETURN");
        if (settings.MasqueradeAll)
        {
            nat.Line($"-A {ChainNames.Services} {clusterIP} -j {ChainNames.MarkMasquerade}");
        }
        else if (settings.PodCidr is { } pods)
        {
            nat.Line($"-A {ChainNames.Services} ! -s {pods} {clusterIP} -j {ChainNames.MarkMasquerade}");
        }
        else
        {
            // The node has the address itself and so sends from it, which no endpoint could answer.
            nat.Line($"-A {ChainNames.Services} -m addrtype --src-type LOCAL {clusterIP} -j {ChainNames.MarkMasquerade}");
        }
        nat.Line($"-A {ChainNames.Services} {Matches(IpSet.ExternalIP, settings)} -j {ChainNames.MarkMasquerade}");
        // What starts in the cluster is treated as if it went out to a load balancer and came back on any node.
        if (settings.PodCidr is { } inside) nat.Line($"-A {ChainNames.Services} -s {inside} {local} -j {ChainNames.IpvsInside}");
        nat.Line($"-A {ChainNames.Services} -m addrtype --src-type LOCAL {local} -j {ChainNames.MarkMasquerade}");
        nat.Line($"-A {ChainNames.Services} -m addrtype --src-type LOCAL {local} -j {ChainNames.IpvsInside}");
        nat.Line($"-A {ChainNames.Services} {Matches(IpSet.Affinity, settings)} -j {ChainNames.IpvsAffinity}");
    }

    private static void WriteRedirections(RestoreScript script, IEnumerable<Redirection> redirections)
    {
        var nat = script.Rules(Table.Nat);
        foreach (var redirection in redirections) nat.Line($"{TextOf(redirection)}");
    }

    private static string NotAllowed(IptablesSettings settings) =>
        $"{Matches(IpSet.Firewall, settings)} -m set ! --match-set {Name(IpSet.SourceRange, settings)} dst,dst,src";

    private static string Matches(IpSet set, IptablesSettings settings) => $"-m set --match-set {Name(set, settings)} dst,dst";

    private static string Name(IpSet set, IptablesSettings settings) => IpSets.NameOf(set, settings.Family);
}
