using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>What happens to packets that come in at one place.</summary>
internal sealed record PlaceTarget
{
    /// <summary>Whose place it is.</summary>
    public required ServicePort Port { get; init; }

    /// <summary>By what kind of address the packets come.</summary>
    public required PlaceKind Kind { get; init; }

    /// <summary>The endpoints to choose from, each in its slot; for <see cref="PlaceKind.ExternalLocal"/> those that pods and the node itself have.</summary>
    public ServiceEndpoint[] Endpoints { get; init; } = [];

    /// <summary>With <see cref="PlaceKind.ExternalLocal"/>, the endpoints that everybody else has.</summary>
    public ServiceEndpoint[] Local { get; init; } = [];

    /// <summary>What becomes of packets that were not forwarded.</summary>
    public Holdoff Holdoff { get; init; }

    /// <summary>Who may come in; null for everybody.</summary>
    public ValueArray<IPNetwork>? Sources { get; init; }

    /// <summary>Whether any packet is forwarded.</summary>
    public bool Forwards => Endpoints.Length > 0 || Local.Length > 0;

    /// <summary>Whether every packet is forwarded, wherever it comes from.</summary>
    public bool ForwardsAll => Endpoints.Length > 0 && (Kind != PlaceKind.ExternalLocal || Local.Length > 0);
}

/// <summary>By what kind of address packets come to a Service port.</summary>
internal enum PlaceKind
{
    /// <summary>Its cluster IP: who is no pod is masqueraded.</summary>
    ClusterIP,

    /// <summary>An external address or node port, policy Cluster: everybody is masqueraded.</summary>
    External,

    /// <summary>The same under policy Local: strangers stay as they are on this node's endpoints; pods and the node itself have all endpoints.</summary>
    ExternalLocal,
}

/// <summary>What becomes of packets to a Service that are not forwarded.</summary>
internal enum Holdoff
{
    /// <summary>Nothing special.</summary>
    None,

    /// <summary>They are refused: nobody could answer.</summary>
    Refuse,

    /// <summary>They are left in silence: another node could answer, so clients should try there.</summary>
    Drop,
}
