using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record APIGroupList
{
    public string? ApiVersion { get; init; } = "v1";

    [Proto(1), Required, Atomic]
    public IReadOnlyList<APIGroup> Groups { get; init => field = value ?? []; } = [];

    public string? Kind { get; init; } = "APIGroupList";
}
