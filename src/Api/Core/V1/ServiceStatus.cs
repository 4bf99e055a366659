using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

public sealed record ServiceStatus
{
    [Proto(2), ListMap("type"), PatchMerge("type")]
    public IReadOnlyList<Condition> Conditions { get; init => field = value ?? []; } = [];

    [Proto(1)]
    public LoadBalancerStatus? LoadBalancer { get; init; }
}
