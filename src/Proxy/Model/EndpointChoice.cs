namespace MiniK8s.Proxy.Model;

/// <summary>
/// Which endpoints of a Service port take packets on a node: ready ones; where none is ready, terminating ones that still
/// serve (KEP-1669); confined to the node for policy Local; confined to the node's zone where hints say so (KEP-2433).
/// <see cref="EndpointRules"/> judges each endpoint.
/// </summary>
internal sealed record EndpointChoice
{
    /// <summary>For policy Cluster; empty also where the port never uses them.</summary>
    public ValueArray<ServiceEndpoint> Cluster { get; private init; }

    /// <summary>For policy Local; empty also where the port never uses them.</summary>
    public ValueArray<ServiceEndpoint> Local { get; private init; }

    /// <summary>The union of both, sorted.</summary>
    public ValueArray<ServiceEndpoint> Reachable { get; private init; }

    /// <summary>Whether any node has an endpoint to offer: refuse packets if not, and only drop those that policy Local holds off.</summary>
    public bool HasAny { get; private init; }

    public static EndpointChoice Of(ServiceState state, NodeState node)
    {
        var rules = new EndpointRules(state, node);
        var cluster = state.Port.UsesClusterEndpoints ? Where(state.Endpoints, rules, local: false) : [];
        if (!state.Port.UsesLocalEndpoints) return new EndpointChoice { Cluster = cluster, Reachable = cluster, HasAny = cluster.Count > 0 };
        var local = Where(state.Endpoints, rules, local: true);
        return new EndpointChoice
        {
            Cluster = cluster,
            Local = local,
            Reachable = Union(cluster, local),
            HasAny = rules.HasAny,
        };
    }

    private static ValueArray<ServiceEndpoint> Where(ValueArray<ServiceEndpoint> endpoints, in EndpointRules rules, bool local)
    {
        var count = 0;
        foreach (var endpoint in endpoints) count += IsWanted(endpoint, rules, local) ? 1 : 0;
        if (count == endpoints.Count) return endpoints;
        var wanted = new ServiceEndpoint[count];
        var next = 0;
        foreach (var endpoint in endpoints)
        {
            if (IsWanted(endpoint, rules, local)) wanted[next++] = endpoint;
        }
        return new(wanted);
    }

    private static bool IsWanted(ServiceEndpoint endpoint, in EndpointRules rules, bool local) =>
        (local ? rules.Local(endpoint) : rules.Cluster(endpoint)) is EndpointVerdict.Used or EndpointVerdict.UsedAsLast;

    private static ValueArray<ServiceEndpoint> Union(ValueArray<ServiceEndpoint> cluster, ValueArray<ServiceEndpoint> local) =>
        local.Count == 0 ? cluster : new(cluster.Union(local).Order().ToArray());
}
