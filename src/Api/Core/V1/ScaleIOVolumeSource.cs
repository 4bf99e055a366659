using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: ScaleIO volume.</summary>
public sealed record ScaleIOVolumeSource
{
    /// <summary>File system of the volume; <c>xfs</c> unless given.</summary>
    [Proto(9)]
    public string? FsType { get; init; }

    /// <summary>Address of the gateway.</summary>
    [Proto(1), Required]
    public string Gateway { get; init => field = value ?? ""; } = "";

    /// <summary>Protection domain of the storage.</summary>
    [Proto(5)]
    public string? ProtectionDomain { get; init; }

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(10)]
    public bool? ReadOnly { get; init; }

    /// <summary>Secret with user and password.</summary>
    [Proto(3), Required]
    public LocalObjectReference SecretRef { get; init => field = value ?? new(); } = new();

    /// <summary>Whether the gateway is spoken to over TLS; false unless given.</summary>
    [Proto(4)]
    public bool? SslEnabled { get; init; }

    /// <summary><c>ThickProvisioned</c> or <c>ThinProvisioned</c> (the default).</summary>
    [Proto(7)]
    public string? StorageMode { get; init; }

    /// <summary>Storage pool in the protection domain.</summary>
    [Proto(6)]
    public string? StoragePool { get; init; }

    /// <summary>Name of the storage system.</summary>
    [Proto(2), Required]
    public string System { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the volume.</summary>
    [Proto(8)]
    public string? VolumeName { get; init; }
}
