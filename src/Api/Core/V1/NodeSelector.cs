using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeSelector
{
    [Proto(1), Required, Atomic]
    public IReadOnlyList<NodeSelectorTerm> NodeSelectorTerms { get; init => field = value ?? []; } = [];
}
