namespace MiniK8s.Proxy.Model;

/// <summary>
/// Judges the endpoints of a Service port on a node one by one, from what was found out of all of them. The only place that says
/// which endpoint takes packets, and for which reason another does not.
/// </summary>
internal readonly struct EndpointRules
{
    private readonly string zone;
    private readonly bool hasReady;
    private readonly bool hasLocalReady;

    public EndpointRules(ServiceState state, NodeState node)
    {
        zone = node.Zone;
        var (hasHints, hasUnhinted, hasZone) = (false, false, false);
        foreach (var endpoint in state.Endpoints)
        {
            HasAny |= endpoint.IsReady || endpoint.IsFallback;
            if (!endpoint.IsReady) continue;
            hasReady = true;
            hasLocalReady |= endpoint.IsLocal;
            hasHints |= endpoint.ZoneHints.Count > 0;
            hasUnhinted |= endpoint.ZoneHints.Count == 0;
            hasZone |= IsFor(endpoint, zone);
        }
        Hints = !hasHints ? HintUse.None
            : hasUnhinted ? HintUse.SomeLackThem
            : zone.Length == 0 ? HintUse.NodeHasNoZone
            : hasZone ? HintUse.Followed : HintUse.NoneForZone;
    }

    /// <summary>Whether any node has an endpoint to offer.</summary>
    public bool HasAny { get; }

    /// <summary>Whether zone hints confine the choice. They count only when every ready endpoint has one and some endpoint is meant for this zone.</summary>
    public HintUse Hints { get; }

    /// <summary>The verdict for policy Cluster.</summary>
    public EndpointVerdict Cluster(ServiceEndpoint endpoint)
    {
        if (!hasReady) return AsLast(endpoint);
        if (!endpoint.IsReady) return Unready(endpoint);
        return Hints == HintUse.Followed && !IsFor(endpoint, zone) ? EndpointVerdict.OtherZone : EndpointVerdict.Used;
    }

    /// <summary>The verdict for policy Local, which knows no zones.</summary>
    public EndpointVerdict Local(ServiceEndpoint endpoint)
    {
        if (!endpoint.IsLocal) return EndpointVerdict.OtherNode;
        if (!hasLocalReady) return AsLast(endpoint);
        return endpoint.IsReady ? EndpointVerdict.Used : Unready(endpoint);
    }

    private static EndpointVerdict AsLast(ServiceEndpoint endpoint) => endpoint.IsFallback ? EndpointVerdict.UsedAsLast : Unready(endpoint);

    private static EndpointVerdict Unready(ServiceEndpoint endpoint) =>
        !endpoint.IsTerminating ? EndpointVerdict.NotReady
        : endpoint.IsServing ? EndpointVerdict.Terminating : EndpointVerdict.NotServing;

    private static bool IsFor(ServiceEndpoint endpoint, string zone) => endpoint.ZoneHints.AsSpan().Contains(zone);
}

/// <summary>What becomes of an endpoint in a choice.</summary>
internal enum EndpointVerdict
{
    /// <summary>It takes packets.</summary>
    Used,

    /// <summary>It takes packets though it terminates, for it still serves and none is ready.</summary>
    UsedAsLast,

    /// <summary>Passed over: not ready.</summary>
    NotReady,

    /// <summary>Passed over: it terminates, and others are ready.</summary>
    Terminating,

    /// <summary>Passed over: it terminates and no longer serves.</summary>
    NotServing,

    /// <summary>Passed over: on another node, which policy Local leaves out.</summary>
    OtherNode,

    /// <summary>Passed over: hinted for other zones.</summary>
    OtherZone,
}

/// <summary>What became of the zone hints.</summary>
internal enum HintUse
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>Only endpoints that are hinted for the node's zone are chosen.</summary>
    Followed,

    /// <summary>Left aside: some ready endpoint has none.</summary>
    SomeLackThem,

    /// <summary>Left aside: the node has no zone.</summary>
    NodeHasNoZone,

    /// <summary>Left aside: no ready endpoint is hinted for the node's zone.</summary>
    NoneForZone,
}
