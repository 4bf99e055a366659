using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Which pods a pod seeks to be away from.</summary>
public sealed record PodAntiAffinity
{
    /// <summary>Wishes: the weights of the terms that match are taken from a node's score.</summary>
    [Proto(2), Atomic]
    public IReadOnlyList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init => field = value ?? []; } = [];

    /// <summary>Demands, all of which must hold. Not looked at again once the pod runs.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get; init => field = value ?? []; } = [];
}
