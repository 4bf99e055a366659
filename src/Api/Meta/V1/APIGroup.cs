using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>Discovery: one API group and its versions.</summary>
public sealed record APIGroup
{
    /// <summary>Always <c>v1</c>.</summary>
    public string? ApiVersion { get; init; } = "v1";

    /// <summary>Always <c>APIGroup</c>.</summary>
    public string? Kind { get; init; } = "APIGroup";

    /// <summary>Name of the group, such as <c>discovery.k8s.io</c>.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Version that clients should use.</summary>
    [Proto(3)]
    public GroupVersionForDiscovery? PreferredVersion { get; init; }

    /// <summary>Addresses of the server by client range; empty here means the address in use.</summary>
    [Proto(4), Atomic]
    public IReadOnlyList<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get; init => field = value ?? []; } = [];

    /// <summary>Versions that are served.</summary>
    [Proto(2), Required, Atomic]
    public IReadOnlyList<GroupVersionForDiscovery> Versions { get; init => field = value ?? []; } = [];
}
