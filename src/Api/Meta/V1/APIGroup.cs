using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record APIGroup
{
    public string? ApiVersion { get; init; } = "v1";

    public string? Kind { get; init; } = "APIGroup";

    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(3)]
    public GroupVersionForDiscovery? PreferredVersion { get; init; }

    [Proto(4), Atomic]
    public IReadOnlyList<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get; init => field = value ?? []; } = [];

    [Proto(2), Required, Atomic]
    public IReadOnlyList<GroupVersionForDiscovery> Versions { get; init => field = value ?? []; } = [];
}
