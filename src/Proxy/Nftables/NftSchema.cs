using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// What is in the table whatever Services there are: its sets, the chains at the kernel's hooks, and their rules. What belongs to
/// single Services is in the sets. Pure.
/// </summary>
internal sealed class NftSchema(NftSettings settings)
{
    private const uint New = 8;
    private const uint Invalid = 1;

    private static readonly string[] Helpers =
    [
        "services", "addresses", "addresses-local", "node-ports", "node-ports-local",
        "endpoints-check", "nodeports-check", "firewall-check", "cluster-ips-check", "masquerading", "masquerade-marked",
    ];

    /// <summary>The chains at the hooks, each with the chains that it leads to.</summary>
    private static readonly (NftBaseChain Chain, string[] LeadsTo)[] Hooks =
    [
        // Who may not use an address is turned away before the address is translated.
        (new("filter-prerouting", "filter", NftHook.Prerouting, -110), ["firewall-check"]),
        (new("filter-output", "filter", NftHook.Output, -110), ["firewall-check"]),
        (new("nat-prerouting", "nat", NftHook.Prerouting, -100), ["services"]),
        (new("nat-output", "nat", NftHook.Output, -100), ["services"]),
        // What was translated has another destination by now, so that these see only what was not.
        (new("filter-input", "filter", NftHook.Input, -90), ["nodeports-check", "endpoints-check"]),
        (new("filter-forward", "filter", NftHook.Forward, -90), ["endpoints-check", "cluster-ips-check"]),
        (new("filter-output-translated", "filter", NftHook.Output, -90), ["endpoints-check", "cluster-ips-check"]),
        (new("nat-postrouting", "nat", NftHook.Postrouting, 100), ["masquerading"]),
    ];

    /// <summary>Writes all of it into an empty table.</summary>
    public void Write(NftTransaction table, NodeState node)
    {
        foreach (var set in NftSet.Fixed) table.NewSet(set);
        foreach (var helper in Helpers) table.NewChain(helper);
        foreach (var (chain, _) in Hooks) table.NewChain(chain);
        GroupRules.WriteGroups(table);
        foreach (var (chain, targets) in Hooks) WriteHook(table, chain, targets);
        WriteServices(table, node);
        WriteChecks(table, node);
        WriteMasquerading(table);
        foreach (var address in node.NodePortAddresses ?? []) table.Add(NftSet.NodePortAddresses, address.GetAddressBytes());
    }

    private static void WriteHook(NftTransaction table, NftBaseChain chain, string[] targets)
    {
        // A packet that conntrack cannot place would pass untranslated and reset the connection (kubernetes/kubernetes#74839).
        if (chain.Hook == NftHook.Forward) table.AddRule(chain.Name, rule => rule.ConnectionState(Invalid).Drop());
        foreach (var target in targets)
        {
            // The kernel shows chains of type nat new connections only.
            if (chain.Type == "nat") table.AddRule(chain.Name, rule => rule.Jump(target));
            else table.AddRule(chain.Name, rule => rule.ConnectionState(New).Jump(target));
        }
    }

    private void WriteServices(NftTransaction table, NodeState node)
    {
        table.AddRule("services", rule => rule.DestinationAddress(0).IsIn(NftSet.ServiceIPs, 0).Jump("addresses"));
        table.AddRule("services", rule => ToNodePort(rule, node).Protocol(0).DestinationPort(1).IsIn(NftSet.NodePorts, 0).Goto("node-ports"));

        table.AddRule("addresses", rule => Mark(rule.Destination(0).IsIn(NftSet.External, 0)));
        // Only pods can have the answer come back the way it went; anybody else's must pass through this node again.
        if (settings.MasqueradeAll) table.AddRule("addresses", rule => Mark(rule.DestinationAddress(0).IsIn(NftSet.ClusterIPs, 0)));
        else if (settings.PodCidr is { } pods) table.AddRule("addresses", rule => Mark(rule.SourceIn(pods, isWanted: false).DestinationAddress(0).IsIn(NftSet.ClusterIPs, 0)), "not from a pod");
        table.AddRule("addresses", rule => rule.Destination(0).IsIn(NftSet.ExternalLocal, 0).Goto("addresses-local"));
        table.AddRule("addresses", rule => rule.Goto(NftGroup.Address.Name));
        WriteLocal(table, "addresses-local", NftGroup.Address, NftGroup.AddressLocal);

        table.AddRule("node-ports", rule => rule.Protocol(0).DestinationPort(1).IsIn(NftSet.NodePortsLocal, 0).Goto("node-ports-local"));
        table.AddRule("node-ports", rule => Mark(rule));
        table.AddRule("node-ports", rule => rule.Goto(NftGroup.NodePort.Name));
        WriteLocal(table, "node-ports-local", NftGroup.NodePort, NftGroup.NodePortLocal);
    }

    /// <summary>What starts in the cluster is treated as if it went out to a load balancer and came back on any node.</summary>
    private void WriteLocal(NftTransaction table, string chain, NftGroup all, NftGroup local)
    {
        if (settings.PodCidr is { } pods) table.AddRule(chain, rule => rule.SourceIn(pods).Goto(all.Name), "pods have all endpoints");
        table.AddRule(chain, rule => Mark(rule.IsLocal(source: true)));
        table.AddRule(chain, rule => rule.IsLocal(source: true).Goto(all.Name), "so has the node itself");
        table.AddRule(chain, rule => rule.Goto(local.Name));
    }

    private void WriteChecks(NftTransaction table, NodeState node)
    {
        table.AddRule("endpoints-check", rule => rule.Destination(0).IsIn(NftSet.Dropped, 0).Drop());
        table.AddRule("endpoints-check", rule => rule.Destination(0).IsIn(NftSet.Refused, 0).Reject());
        table.AddRule("nodeports-check", rule => ToNodePort(rule, node).Protocol(0).DestinationPort(1).IsIn(NftSet.DroppedNodePorts, 0).Drop());
        table.AddRule("nodeports-check", rule => ToNodePort(rule, node).Protocol(0).DestinationPort(1).IsIn(NftSet.RefusedNodePorts, 0).Reject());
        table.AddRule("firewall-check", rule => rule.Destination(0).Lookup(NftSet.Firewall, 0, 0));
        table.AddRule("cluster-ips-check", rule => rule.DestinationAddress(0).IsIn(NftSet.ClusterIPs, 0).Reject(), "a ClusterIP has no other ports");
    }

    private void WriteMasquerading(NftTransaction table)
    {
        table.AddRule("masquerading", rule => rule.HasMark(settings.MasqueradeBit).Goto("masquerade-marked"));
        table.AddRule("masquerading", rule =>
            rule.IsTranslated().SourceAddress(0).DestinationAddress(rule.AddressWords).IsIn(NftSet.Hairpin, 0).Masquerade(), "an endpoint that reaches itself");
        // Cleared, so that a packet that passes here again (through a tunnel) is not masqueraded twice.
        table.AddRule("masquerade-marked", rule => rule.ClearMark(settings.MasqueradeBit));
        table.AddRule("masquerade-marked", rule => rule.Masquerade());
    }

    private void Mark(NftExpressions rule) => rule.SetMark(settings.MasqueradeBit);

    /// <summary>Answers from a loopback address could not leave the node, and route_localnet opens more than it gives (CVE-2020-8558).</summary>
    private NftExpressions ToNodePort(NftExpressions rule, NodeState node) => node.NodePortAddresses is null
        ? rule.IsLocal(source: false).DestinationIn(settings.Loopback, isWanted: false)
        : rule.DestinationAddress(0).IsIn(NftSet.NodePortAddresses, 0);
}
