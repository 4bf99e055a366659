using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ISCSIVolumeSource
{
    [Proto(8)]
    public bool? ChapAuthDiscovery { get; init; }

    [Proto(11)]
    public bool? ChapAuthSession { get; init; }

    [Proto(5)]
    public string? FsType { get; init; }

    [Proto(12), ZeroCounts]
    public string? InitiatorName { get; init; }

    [Proto(2), Required]
    public string Iqn { get; init => field = value ?? ""; } = "";

    [Proto(4)]
    public string? IscsiInterface { get; init; }

    [Proto(3), Required]
    public int Lun { get; init; }

    [Proto(7), Atomic]
    public IReadOnlyList<string> Portals { get; init => field = value ?? []; } = [];

    [Proto(6)]
    public bool? ReadOnly { get; init; }

    [Proto(10)]
    public LocalObjectReference? SecretRef { get; init; }

    [Proto(1), Required]
    public string TargetPortal { get; init => field = value ?? ""; } = "";
}
