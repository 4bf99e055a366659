using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Explain;

/// <summary>Says of each endpoint what it is used for, or why it is passed over. The verdicts are those by which the rules are made.</summary>
internal sealed class EndpointTexts(ServiceState state, NodeState node)
{
    private readonly EndpointRules rules = new(state, node);

    /// <summary>What became of zone hints, in words; null where there are none.</summary>
    public string? Hints => rules.Hints switch
    {
        HintUse.Followed => $"zone hints: only endpoints for this node's zone {node.Zone} are chosen",
        HintUse.SomeLackThem => "zone hints are left aside: not every ready endpoint has one",
        HintUse.NodeHasNoZone => "zone hints are left aside: the node has no label topology.kubernetes.io/zone",
        HintUse.NoneForZone => $"zone hints are left aside: no ready endpoint is meant for this node's zone {node.Zone}",
        _ => null,
    };

    /// <summary>Whether any packet can go to the endpoint.</summary>
    public bool IsUsed(ServiceEndpoint endpoint) =>
        (state.Port.UsesClusterEndpoints && IsUsed(rules.Cluster(endpoint))) || (state.Port.UsesLocalEndpoints && IsUsed(rules.Local(endpoint)));

    /// <summary>The verdict, of both choices where the port makes two and they differ.</summary>
    public string Verdict(ServiceEndpoint endpoint)
    {
        var (cluster, local) = (Text(endpoint, rules.Cluster(endpoint), ""), Text(endpoint, rules.Local(endpoint), " on this node"));
        if (!state.Port.UsesLocalEndpoints) return cluster;
        if (!state.Port.UsesClusterEndpoints) return local;
        return cluster == local ? cluster : $"{cluster}; under policy Local {local}";
    }

    private static bool IsUsed(EndpointVerdict verdict) => verdict is EndpointVerdict.Used or EndpointVerdict.UsedAsLast;

    private static string Text(ServiceEndpoint endpoint, EndpointVerdict verdict, string where) => verdict switch
    {
        EndpointVerdict.Used => "used",
        EndpointVerdict.UsedAsLast => $"used though it is terminating: it still serves, and none{where} is ready",
        EndpointVerdict.NotReady => "passed over: not ready",
        EndpointVerdict.Terminating => $"passed over: terminating, and others{where} are ready",
        EndpointVerdict.NotServing => "passed over: terminating, and no longer serving",
        EndpointVerdict.OtherNode => "passed over: on another node",
        _ => $"passed over: hinted for zone {string.Join(", ", endpoint.ZoneHints)}",
    };
}
