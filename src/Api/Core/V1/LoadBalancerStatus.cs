using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Where a load balancer can be reached.</summary>
public sealed record LoadBalancerStatus
{
    /// <summary>Its entry points; traffic sent there ends at the Service.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<LoadBalancerIngress> Ingress { get; init => field = value ?? []; } = [];
}
