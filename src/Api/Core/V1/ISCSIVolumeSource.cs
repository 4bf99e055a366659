using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>iSCSI disk.</summary>
public sealed record ISCSIVolumeSource
{
    /// <summary>Whether discovery uses CHAP.</summary>
    [Proto(8)]
    public bool? ChapAuthDiscovery { get; init; }

    /// <summary>Whether the session uses CHAP.</summary>
    [Proto(11)]
    public bool? ChapAuthSession { get; init; }

    /// <summary>File system of the disk.</summary>
    [Proto(5)]
    public string? FsType { get; init; }

    /// <summary>Initiator name in place of the node's.</summary>
    [Proto(12), ZeroCounts]
    public string? InitiatorName { get; init; }

    /// <summary>Name of the target.</summary>
    [Proto(2), Required]
    public string Iqn { get; init => field = value ?? ""; } = "";

    /// <summary>Interface; <c>default</c> (tcp) unless given.</summary>
    [Proto(4)]
    public string? IscsiInterface { get; init; }

    /// <summary>Number of the unit.</summary>
    [Proto(3), Required]
    public int Lun { get; init; }

    /// <summary>Further portals, as host or host:port.</summary>
    [Proto(7), Atomic]
    public IReadOnlyList<string> Portals { get; init => field = value ?? []; } = [];

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(6)]
    public bool? ReadOnly { get; init; }

    /// <summary>Secret for CHAP.</summary>
    [Proto(10)]
    public LocalObjectReference? SecretRef { get; init; }

    /// <summary>Portal, as host or host:port; port 3260 unless given.</summary>
    [Proto(1), Required]
    public string TargetPortal { get; init => field = value ?? ""; } = "";
}
