using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeAffinity
{
    [Proto(2), Atomic]
    public IReadOnlyList<PreferredSchedulingTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init => field = value ?? []; } = [];

    [Proto(1)]
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; init; }
}
