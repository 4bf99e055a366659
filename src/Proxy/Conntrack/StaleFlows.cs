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

    /// <param name="former">UDP Service ports as they were: all flows to what no longer leads to a Service are stale.</param>
    /// <param name="current">Those that there are now.</param>
    public StaleFlows(IEnumerable<ServicePort> former, IEnumerable<ServiceState> current)
    {
        foreach (var port in former) Add(port, []);
        foreach (var state in current) Add(state.Port, Serving(state));
    }

    /// <summary>Whether the flow went to a Service and is answered by none of its endpoints.</summary>
    public bool IsStale(Flow flow)
    {
        if (byAddress.TryGetValue(flow.Destination, out var endpoints)) return !endpoints.Contains(flow.Responder);
        return byNodePort.TryGetValue(flow.Destination.Port, out endpoints) && !endpoints.Contains(flow.Responder);
    }

    /// <summary>The endpoints that still answer, though perhaps terminating.</summary>
    public static HashSet<FlowEnd> Serving(ServiceState state) =>
        [.. state.Endpoints.Where(endpoint => endpoint.IsServing || endpoint.IsReady).Select(endpoint => FlowEnd.Of(endpoint.Address, endpoint.Port))];

    private void Add(ServicePort port, HashSet<FlowEnd> endpoints)
    {
        byAddress[FlowEnd.Of(port.ClusterIP, port.Port)] = endpoints;
        foreach (var address in port.ExternalIPs) byAddress[FlowEnd.Of(address, port.Port)] = endpoints;
        foreach (var address in port.LoadBalancerIPs) byAddress[FlowEnd.Of(address, port.Port)] = endpoints;
        if (port.NodePort != 0) byNodePort[(ushort)port.NodePort] = endpoints;
    }
}
