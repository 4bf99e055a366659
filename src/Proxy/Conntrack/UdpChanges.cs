using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Conntrack;

/// <summary>
/// Collects over several syncs the UDP Service ports of which a flow can have become stale: those that lost an endpoint or a way
/// in, and those that gained their first; all that have endpoints, where rules were away. Pure, and as cheap as the changes are few.
/// </summary>
internal sealed class UdpChanges
{
    // With each, the ways in that it had meanwhile.
    private readonly Dictionary<ServicePortName, HashSet<ServicePort>> ports = [];

    /// <summary>Whether there is nothing to look for.</summary>
    public bool IsEmpty => ports.Count == 0;

    /// <summary>Takes note of a step.</summary>
    public void Add(ProxyChange change)
    {
        foreach (var name in change.Touched)
        {
            if (name.Protocol != TransportProtocol.Udp) continue;
            var before = change.Previous.Services.GetValueOrDefault(name);
            if (!CanStrand(before, change.Current.Services.GetValueOrDefault(name))) continue;
            var former = FormerOf(name);
            if (before is not null) former.Add(before.Port);
        }
    }

    /// <summary>Takes note that flows to any Service may have begun without rules.</summary>
    public void AddAll(ProxyModel model)
    {
        foreach (var (name, state) in model.Services)
        {
            if (name.Protocol == TransportProtocol.Udp && StaleFlows.Serving(state).Count > 0) FormerOf(name);
        }
    }

    /// <summary>Takes over what another has collected and could not be done.</summary>
    public void Add(UdpChanges other)
    {
        foreach (var (name, former) in other.ports) FormerOf(name).UnionWith(former);
    }

    /// <summary>Which flows are stale, by the Services as they are.</summary>
    public StaleFlows In(ProxyModel model) => new(
        ports.Values.SelectMany(former => former),
        ports.Keys.Select(name => model.Services.GetValueOrDefault(name)).OfType<ServiceState>());

    private HashSet<ServicePort> FormerOf(ServicePortName name) =>
        ports.TryGetValue(name, out var former) ? former : ports[name] = [];

    /// <summary>More endpoints beside others strand nobody; the first does: until then the clients' flows led to the Service's own address.</summary>
    private static bool CanStrand(ServiceState? before, ServiceState? now)
    {
        if (before is null) return now is not null && StaleFlows.Serving(now).Count > 0;
        if (now is null || !HasSameWaysIn(before.Port, now.Port)) return true;
        var (former, current) = (StaleFlows.Serving(before), StaleFlows.Serving(now));
        return former.Count == 0 ? current.Count > 0 : !former.IsSubsetOf(current);
    }

    private static bool HasSameWaysIn(ServicePort before, ServicePort now) =>
        before.ClusterIP.Equals(now.ClusterIP) && before.Port == now.Port && before.NodePort == now.NodePort
        && before.ExternalIPs.Equals(now.ExternalIPs) && before.LoadBalancerIPs.Equals(now.LoadBalancerIPs);
}
