using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: Quobyte volume.</summary>
public sealed record QuobyteVolumeSource
{
    /// <summary>Group that accesses the volume.</summary>
    [Proto(5)]
    public string? Group { get; init; }

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; init; }

    /// <summary>Registries, as host:port separated by commas.</summary>
    [Proto(1), Required]
    public string Registry { get; init => field = value ?? ""; } = "";

    /// <summary>Tenant that owns the volume.</summary>
    [Proto(6)]
    public string? Tenant { get; init; }

    /// <summary>User that accesses the volume.</summary>
    [Proto(4)]
    public string? User { get; init; }

    /// <summary>Name of the volume.</summary>
    [Proto(2), Required]
    public string Volume { get; init => field = value ?? ""; } = "";
}
