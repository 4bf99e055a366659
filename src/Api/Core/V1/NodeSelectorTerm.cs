using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Requirements on a node that must all hold; an empty term matches no node.</summary>
public sealed record NodeSelectorTerm
{
    /// <summary>Requirements on its labels.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<NodeSelectorRequirement> MatchExpressions { get; init => field = value ?? []; } = [];

    /// <summary>Requirements on its fields; only metadata.name.</summary>
    [Proto(2), Atomic]
    public IReadOnlyList<NodeSelectorRequirement> MatchFields { get; init => field = value ?? []; } = [];
}
