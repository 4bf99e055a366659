using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>Discovery: versions of the core group; the answer to GET /api.</summary>
public sealed record APIVersions
{
    /// <summary>Always <c>v1</c>.</summary>
    public string? ApiVersion { get; init; } = "v1";

    /// <summary>Always <c>APIVersions</c>.</summary>
    public string? Kind { get; init; } = "APIVersions";

    /// <summary>Addresses of the server by client range.</summary>
    [Proto(2), Required, Atomic]
    public IReadOnlyList<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get; init => field = value ?? []; } = [];

    /// <summary>Versions that are served.</summary>
    [Proto(1), Required, Atomic]
    public IReadOnlyList<string> Versions { get; init => field = value ?? []; } = [];
}
