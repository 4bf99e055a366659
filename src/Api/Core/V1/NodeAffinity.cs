using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Which nodes a pod seeks.</summary>
public sealed record NodeAffinity
{
    /// <summary>Wishes: the weights of the terms that match add up to a node's score.</summary>
    [Proto(2), Atomic]
    public IReadOnlyList<PreferredSchedulingTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; init => field = value ?? []; } = [];

    /// <summary>Demand: only nodes that match are taken. Not looked at again once the pod runs.</summary>
    [Proto(1)]
    public NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; init; }
}
