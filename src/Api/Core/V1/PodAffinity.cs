using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PodAffinity
{
    [Proto(2), Atomic]
    public IReadOnlyList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init => field = value ?? []; } = [];

    [Proto(1), Atomic]
    public IReadOnlyList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get; init => field = value ?? []; } = [];
}
