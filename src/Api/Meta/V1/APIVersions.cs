using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record APIVersions
{
    public string? ApiVersion { get; init; } = "v1";

    public string? Kind { get; init; } = "APIVersions";

    [Proto(2), Required, Atomic]
    public IReadOnlyList<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get; init => field = value ?? []; } = [];

    [Proto(1), Required, Atomic]
    public IReadOnlyList<string> Versions { get; init => field = value ?? []; } = [];
}
