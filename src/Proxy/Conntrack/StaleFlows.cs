using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Conntrack;

/// <summary>
/// Tells which UDP flows lead nowhere. UDP has no end of a connection: as long as a client goes on sending, the kernel sends its
/// packets where it sent the first, be that endpoint long gone, or the first sent before there was an endpoint. Pure.
/// </summary>
internal sealed class StaleFlows
{
    private readonly Dictionary<FlowEnd, HashSet<FlowEnd>> byAddress = [];
    private readonly Dictionary<ushort, HashSet<FlowEnd>> byNodePort = [];

    /// <param name="model">The Services as they are.</param>
    /// <param name="gone">Service ports that no longer are: all flows to them are stale.</param>
    public StaleFlows(ProxyModel model, IEnumerable<ServicePort> gone)
    {
        foreach (var port in gone) Add(port, []);
        foreach (var state in model.Services.Values)
        {
            if (state.Port.Name.Protocol != TransportProtocol.Udp) continue;
            Add(state.Port, [.. state.Endpoints.Where(endpoint => endpoint.IsServing || endpoint.IsReady).Select(endpoint => FlowEnd.Of(endpoint.Address, endpoint.Port))]);
        }
    }

    /// <summary>Whether there is any UDP Service to look for.</summary>
    public bool IsEmpty => byAddress.Count == 0;

    /// <summary>Whether the flow went to a Service and is answered by none of its endpoints.</summary>
    public bool IsStale(Flow flow)
    {
        if (byAddress.TryGetValue(flow.Destination, out var endpoints)) return !endpoints.Contains(flow.Responder);
        return byNodePort.TryGetValue(flow.Destination.Port, out endpoints) && !endpoints.Contains(flow.Responder);
    }

    /// <summary>Whether a change asks for a look at the flows: only UDP, and only where something was or is.</summary>
    public static bool ConcernedBy(ProxyChange change) => change.Touched.Any(name => name.Protocol == TransportProtocol.Udp);

    private void Add(ServicePort port, HashSet<FlowEnd> endpoints)
    {
        byAddress[FlowEnd.Of(port.ClusterIP, port.Port)] = endpoints;
        foreach (var address in port.ExternalIPs) byAddress[FlowEnd.Of(address, port.Port)] = endpoints;
        foreach (var address in port.LoadBalancerIPs) byAddress[FlowEnd.Of(address, port.Port)] = endpoints;
        if (port.NodePort != 0) byNodePort[(ushort)port.NodePort] = endpoints;
    }
}
