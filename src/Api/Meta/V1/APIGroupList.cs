using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>Discovery: all named API groups; the answer to GET /apis.</summary>
public sealed record APIGroupList
{
    /// <summary>Always <c>v1</c>.</summary>
    public string? ApiVersion { get; init; } = "v1";

    /// <summary>The groups.</summary>
    [Proto(1), Required, Atomic]
    public IReadOnlyList<APIGroup> Groups { get; init => field = value ?? []; } = [];

    /// <summary>Always <c>APIGroupList</c>.</summary>
    public string? Kind { get; init; } = "APIGroupList";
}
