using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A wish for nodes, and its weight.</summary>
public sealed record PreferredSchedulingTerm
{
    /// <summary>The nodes wished for.</summary>
    [Proto(2), Required]
    public NodeSelectorTerm Preference { get; init => field = value ?? new(); } = new();

    /// <summary>Points for a node that matches, 1-100.</summary>
    [Proto(1), Required]
    public int Weight { get; init; }
}
