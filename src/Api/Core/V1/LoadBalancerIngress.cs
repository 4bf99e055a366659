using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record LoadBalancerIngress
{
    [Proto(2)]
    public string? Hostname { get; init; }

    [Proto(1)]
    public string? Ip { get; init; }

    [Proto(3), ZeroCounts]
    public string? IpMode { get; init; }

    [Proto(4), Atomic]
    public IReadOnlyList<PortStatus> Ports { get; init => field = value ?? []; } = [];
}
