using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Whether a namespace lives or ends.</summary>
public sealed record NamespaceStatus
{
    /// <summary>What hinders its end; one of each type.</summary>
    [Proto(2), ListMap("type"), PatchMerge("type")]
    public IReadOnlyList<NamespaceCondition> Conditions { get; init => field = value ?? []; } = [];

    /// <summary><c>Active</c> or <c>Terminating</c>.</summary>
    [Proto(1), OneOf("Active", "Terminating")]
    public string? Phase { get; init; }
}
