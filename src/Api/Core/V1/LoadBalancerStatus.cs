using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record LoadBalancerStatus
{
    [Proto(1), Atomic]
    public IReadOnlyList<LoadBalancerIngress> Ingress { get; init => field = value ?? []; } = [];
}
