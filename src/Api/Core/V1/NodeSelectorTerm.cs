using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeSelectorTerm
{
    [Proto(1), Atomic]
    public IReadOnlyList<NodeSelectorRequirement> MatchExpressions { get; init => field = value ?? []; } = [];

    [Proto(2), Atomic]
    public IReadOnlyList<NodeSelectorRequirement> MatchFields { get; init => field = value ?? []; } = [];
}
