using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.EndpointSlices.Topology;

/// <summary>
/// How the cluster's CPU is divided among zones, by which endpoints are divided too: clients are taken to be where the CPU is. One
/// node that cannot be told makes the shares unknown, and so does a cluster with a single zone, where there is nothing to choose
/// (SetNodes in Kubernetes' endpointslice/topologycache).
/// </summary>
internal sealed class ZoneShares
{
    private ZoneShares(IReadOnlyList<(string Zone, double Share)> zones, string? lack) => (Zones, Lack) = (zones, lack);

    /// <summary>The zones by name with their shares, which sum up to 1; empty where they are unknown.</summary>
    public IReadOnlyList<(string Zone, double Share)> Zones { get; }

    /// <summary>Why the shares are unknown, for whoever reads the event; null where they are known.</summary>
    public string? Lack { get; }

    /// <summary>The shares by the nodes that count.</summary>
    public static ZoneShares Of(IReadOnlyCollection<NodeCapacity> nodes)
    {
        // By name, so that the same nodes always give the same sentence.
        foreach (var node in nodes.OrderBy(n => n.Name, StringComparer.Ordinal))
        {
            if (node.Zone.Length == 0) return Unknown($"node {node.Name} names no zone in its label {WellKnown.ZoneLabel}");
            if (node.MilliCpu == 0) return Unknown($"node {node.Name} has no allocatable CPU");
        }

        var total = nodes.Sum(n => (double)n.MilliCpu);
        var zones = nodes.GroupBy(n => n.Zone)
            .Select(zone => (Zone: zone.Key, Share: zone.Sum(n => (double)n.MilliCpu) / total))
            .OrderBy(zone => zone.Zone, StringComparer.Ordinal).ToList();
        return zones switch
        {
            [] => Unknown("there is no ready node that is not of the control plane"),
            [var only] => Unknown($"all nodes that count are in zone {only.Zone}, and hints choose between two at least"),
            _ => new ZoneShares(zones, null),
        };
    }

    private static ZoneShares Unknown(string lack) => new([], lack);
}
