using System.Net;

namespace MiniK8s.Proxy.Model;

/// <summary>What the rules need to know of the node that they are for.</summary>
internal sealed record NodeState
{
    /// <summary>The node's own address of the family; null until it is known.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The value of topology.kubernetes.io/zone; empty without one.</summary>
    public string Zone { get; init; } = "";

    /// <summary>Whether the node is going away: load balancers should send it nothing new.</summary>
    public bool IsBeingDeleted { get; init; }

    /// <summary>The addresses on which node ports answer; null for every local address but loopback.</summary>
    public ValueArray<IPAddress>? NodePortAddresses { get; init; }
}
