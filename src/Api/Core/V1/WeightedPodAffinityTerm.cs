using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A wish about other pods, and its weight.</summary>
public sealed record WeightedPodAffinityTerm
{
    /// <summary>The pods that are meant.</summary>
    [Proto(2), Required]
    public PodAffinityTerm PodAffinityTerm { get; init => field = value ?? new(); } = new();

    /// <summary>Points for a node that matches, 1-100.</summary>
    [Proto(1), Required]
    public int Weight { get; init; }
}
