namespace MiniK8s.Proxy.Model;

/// <summary>
/// Which endpoints of a Service port take packets on a node: ready ones; where none is ready, terminating ones that still
/// serve (KEP-1669); confined to the node for policy Local; confined to the node's zone where hints say so (KEP-2433).
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
        var endpoints = state.Endpoints;
        var useZone = UsesZone(endpoints, node.Zone);
        var cluster = state.Port.UsesClusterEndpoints
            ? OrElse(Where(endpoints, e => e.IsReady && (!useZone || IsFor(e, node.Zone))), Where(endpoints, e => e.IsFallback))
            : [];
        if (!state.Port.UsesLocalEndpoints) return new EndpointChoice { Cluster = cluster, Reachable = cluster, HasAny = cluster.Count > 0 };
        var local = OrElse(Where(endpoints, e => e.IsLocal && e.IsReady), Where(endpoints, e => e.IsLocal && e.IsFallback));
        return new EndpointChoice
        {
            Cluster = cluster,
            Local = local,
            Reachable = Union(cluster, local),
            HasAny = Where(endpoints, e => e.IsReady || e.IsFallback).Count > 0,
        };
    }

    /// <summary>Hints count only when every ready endpoint has one and some endpoint is meant for this zone.</summary>
    private static bool UsesZone(ValueArray<ServiceEndpoint> endpoints, string zone)
    {
        if (zone.Length == 0) return false;
        var found = false;
        foreach (var endpoint in endpoints)
        {
            if (!endpoint.IsReady) continue;
            if (endpoint.ZoneHints.Count == 0) return false;
            found |= IsFor(endpoint, zone);
        }
        return found;
    }

    private static bool IsFor(ServiceEndpoint endpoint, string zone) => endpoint.ZoneHints.AsSpan().Contains(zone);

    private static ValueArray<ServiceEndpoint> OrElse(ValueArray<ServiceEndpoint> first, ValueArray<ServiceEndpoint> second) =>
        first.Count > 0 ? first : second;

    private static ValueArray<ServiceEndpoint> Where(ValueArray<ServiceEndpoint> endpoints, Predicate<ServiceEndpoint> isWanted)
    {
        var count = 0;
        foreach (var endpoint in endpoints) count += isWanted(endpoint) ? 1 : 0;
        if (count == endpoints.Count) return endpoints;
        var wanted = new ServiceEndpoint[count];
        var next = 0;
        foreach (var endpoint in endpoints)
        {
            if (isWanted(endpoint)) wanted[next++] = endpoint;
        }
        return new(wanted);
    }

    private static ValueArray<ServiceEndpoint> Union(ValueArray<ServiceEndpoint> cluster, ValueArray<ServiceEndpoint> local) =>
        local.Count == 0 ? cluster : new(cluster.Union(local).Order().ToArray());
}
