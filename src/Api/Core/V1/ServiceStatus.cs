using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>What became of a Service.</summary>
public sealed record ServiceStatus
{
    /// <summary>Observations about the Service, one of each type.</summary>
    [Proto(2), ListMap("type"), PatchMerge("type")]
    public IReadOnlyList<Condition> Conditions { get; init => field = value ?? []; } = [];

    /// <summary>Where the load balancer can be reached.</summary>
    [Proto(1)]
    public LoadBalancerStatus? LoadBalancer { get; init; }
}
