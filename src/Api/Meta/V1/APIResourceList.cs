using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record APIResourceList
{
    public string? ApiVersion { get; init; } = "v1";

    [Proto(1), Required]
    public string GroupVersion { get; init => field = value ?? ""; } = "";

    public string? Kind { get; init; } = "APIResourceList";

    [Proto(2), Required, Atomic]
    public IReadOnlyList<APIResource> Resources { get; init => field = value ?? []; } = [];
}
