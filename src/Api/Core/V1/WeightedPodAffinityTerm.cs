using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record WeightedPodAffinityTerm
{
    [Proto(2), Required]
    public PodAffinityTerm PodAffinityTerm { get; init => field = value ?? new(); } = new();

    [Proto(1), Required]
    public int Weight { get; init; }
}
