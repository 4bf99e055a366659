using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>One entry point of a load balancer: an address or a DNS name.</summary>
public sealed record LoadBalancerIngress
{
    /// <summary>DNS name of the entry point, if it goes by name.</summary>
    [Proto(2)]
    public string? Hostname { get; init; }

    /// <summary>IP address of the entry point, if it goes by address.</summary>
    [Proto(1)]
    public string? Ip { get; init; }

    /// <summary><c>VIP</c> if packets arrive with this address as destination (nodes may short-cut it), <c>Proxy</c> if the balancer rewrites it. <c>VIP</c> unless given.</summary>
    [Proto(3), ZeroCounts]
    public string? IpMode { get; init; }

    /// <summary>State of each port at this entry point.</summary>
    [Proto(4), Atomic]
    public IReadOnlyList<PortStatus> Ports { get; init => field = value ?? []; } = [];
}
