using System.Net;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Explain;

/// <summary>
/// What the IPVS mode writes for a Service port: elements of sets as <c>ipset save</c> shows them, redirections as iptables takes
/// them, virtual servers as <c>ipvsadm -Sn</c> shows them.
/// </summary>
internal sealed class IpvsRuleText(IpvsSettings settings) : IRuleText
{
    private readonly PortPlanner planner = new(settings);

    /// <inheritdoc/>
    public IReadOnlyList<RuleBlock> RulesOf(ProxyModel model, ServicePortName name)
    {
        if (!model.Services.TryGetValue(name, out var state)) return [];
        var plan = planner.Plan(state, model.Node, Addresses(model.Node));
        var blocks = plan.Entries.GroupBy(entry => entry.Set).OrderBy(set => set.Key)
            .Select(set => new RuleBlock($"ipset {IpSets.NameOf(set.Key, settings.Family)}", [.. set.Select(entry => $"add {IpSets.NameOf(set.Key, settings.Family)} {entry}")]))
            .ToList();
        blocks.AddRange(plan.Redirections.GroupBy(IpvsRules.ChainOf).OrderBy(chain => chain.Key, StringComparer.Ordinal)
            .Select(chain => new RuleBlock($"nat {chain.Key}", [.. chain.Select(IpvsRules.TextOf)])));
        blocks.AddRange(plan.Servers.Select(server => new RuleBlock($"ipvs {server.Address}", [.. Lines(server)])));
        return blocks;
    }

    /// <summary>Where node ports answer as far as the model knows.</summary>
    private static IPAddress[] Addresses(NodeState node) =>
        node.NodePortAddresses is { } chosen ? [.. chosen] : node.Address is { } own ? [own] : [];

    private static IEnumerable<string> Lines(VirtualServer server) =>
        server.RealServers.Select(real => new IpvsOperation.AddReal(server.Address, real).ToString())
            .Prepend(new IpvsOperation.AddServer(server.Address, server.Settings).ToString());
}
