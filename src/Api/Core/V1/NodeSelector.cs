using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Which nodes are meant: those that match one of the terms.</summary>
public sealed record NodeSelector
{
    /// <summary>The terms, at least one.</summary>
    [Proto(1), Required, Atomic]
    public IReadOnlyList<NodeSelectorTerm> NodeSelectorTerms { get; init => field = value ?? []; } = [];
}
