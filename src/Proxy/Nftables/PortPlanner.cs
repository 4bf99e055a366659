using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>Says what one Service port needs in the table: the same answers for the same packets as the rules of the iptables backend. Pure.</summary>
internal static class PortPlanner
{
    /// <param name="state">The Service port and its endpoints.</param>
    /// <param name="node">The node.</param>
    /// <param name="before">The plan that is in the table; null without one.</param>
    public static PortPlan Plan(ServiceState state, NodeState node, PortPlan? before)
    {
        var choice = EndpointChoice.Of(state, node);
        var cluster = SlotPlan.Assign(before?.Cluster ?? [], choice.Cluster);
        var local = SlotPlan.Assign(before?.Local ?? [], choice.Local);
        return new PortPlan { Port = state.Port, Cluster = cluster, Local = local, Places = Places(state.Port, choice.HasAny, cluster, local, node) };
    }

    private static (PlaceKey Key, PlaceTarget Target)[] Places(ServicePort port, bool hasAny, ServiceEndpoint[] cluster, ServiceEndpoint[] local, NodeState node)
    {
        var own = PlaceKey.Of(port.ClusterIP, port.Name.Protocol, port.Port);
        var inside = new PlaceTarget
        {
            Port = port,
            Kind = PlaceKind.ClusterIP,
            Endpoints = port.InternalLocal ? local : cluster,
            Holdoff = HoldoffOf(hasAny, port.InternalLocal, local),
        };
        if (!port.IsExternallyAccessible) return [(own, inside)];

        var outside = new PlaceTarget
        {
            Port = port,
            Kind = port.ExternalLocal ? PlaceKind.ExternalLocal : PlaceKind.External,
            Endpoints = cluster,
            Local = port.ExternalLocal ? local : [],
            Holdoff = HoldoffOf(hasAny, port.ExternalLocal, local),
        };
        var places = new Dictionary<PlaceKey, PlaceTarget> { [own] = inside };
        foreach (var address in port.ExternalIPs) places.TryAdd(PlaceKey.Of(address, port.Name.Protocol, port.Port), outside);
        var balanced = outside with { Sources = hasAny ? SourcesOf(port, node) : null };
        foreach (var address in port.LoadBalancerIPs) places.TryAdd(PlaceKey.Of(address, port.Name.Protocol, port.Port), balanced);
        if (port.NodePort != 0) places[PlaceKey.OfNodePort(port.Name.Protocol, port.NodePort)] = outside;
        return [.. places.Select(place => (place.Key, place.Value))];
    }

    /// <summary>Refused when nobody could answer; dropped when only policy Local stands in the way.</summary>
    private static Holdoff HoldoffOf(bool hasAny, bool isLocal, ServiceEndpoint[] local) =>
        !hasAny ? Holdoff.Refuse : isLocal && local.Length == 0 ? Holdoff.Drop : Holdoff.None;

    private static ValueArray<IPNetwork>? SourcesOf(ServicePort port, NodeState node)
    {
        if (port.SourceRanges.Count == 0) return null;
        // The node's own packets to a load balancer's address never leave it, and carry that very address as their source.
        var allowsNode = node.Address is { } own && ((IEnumerable<IPNetwork>)port.SourceRanges).Any(range => range.Contains(own));
        return allowsNode ? [.. port.SourceRanges, .. port.LoadBalancerIPs.Select(address => new IPNetwork(address, address.GetAddressBytes().Length * 8))] : port.SourceRanges;
    }
}
