using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: Ceph block device.</summary>
public sealed record RBDVolumeSource
{
    /// <summary>File system of the device.</summary>
    [Proto(3)]
    public string? FsType { get; init; }

    /// <summary>Name of the image.</summary>
    [Proto(2), Required]
    public string Image { get; init => field = value ?? ""; } = "";

    /// <summary>Key ring file on the node; /etc/ceph/keyring unless given.</summary>
    [Proto(6)]
    public string? Keyring { get; init; }

    /// <summary>Addresses of the monitors.</summary>
    [Proto(1), Required, Atomic]
    public IReadOnlyList<string> Monitors { get; init => field = value ?? []; } = [];

    /// <summary>Pool of the image; <c>rbd</c> unless given.</summary>
    [Proto(4)]
    public string? Pool { get; init; }

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(8)]
    public bool? ReadOnly { get; init; }

    /// <summary>Secret in place of the key ring.</summary>
    [Proto(7)]
    public LocalObjectReference? SecretRef { get; init; }

    /// <summary>User name; <c>admin</c> unless given.</summary>
    [Proto(5)]
    public string? User { get; init; }
}
