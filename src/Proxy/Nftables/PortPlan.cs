using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>All that one Service port needs in the table.</summary>
internal sealed record PortPlan
{
    /// <summary>The Service port.</summary>
    public required ServicePort Port { get; init; }

    /// <summary>The endpoints for policy Cluster, each in its slot.</summary>
    public required ServiceEndpoint[] Cluster { get; init; }

    /// <summary>The endpoints for policy Local, each in its slot.</summary>
    public required ServiceEndpoint[] Local { get; init; }

    /// <summary>Where packets come in, and what happens to them; every place once.</summary>
    public required (PlaceKey Key, PlaceTarget Target)[] Places { get; init; }
}
