using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NamespaceStatus
{
    [Proto(2), ListMap("type"), PatchMerge("type")]
    public IReadOnlyList<NamespaceCondition> Conditions { get; init => field = value ?? []; } = [];

    [Proto(1), OneOf("Active", "Terminating")]
    public string? Phase { get; init; }
}
