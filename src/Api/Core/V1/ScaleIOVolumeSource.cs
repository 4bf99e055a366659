using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ScaleIOVolumeSource
{
    [Proto(9)]
    public string? FsType { get; init; }

    [Proto(1), Required]
    public string Gateway { get; init => field = value ?? ""; } = "";

    [Proto(5)]
    public string? ProtectionDomain { get; init; }

    [Proto(10)]
    public bool? ReadOnly { get; init; }

    [Proto(3), Required]
    public LocalObjectReference SecretRef { get; init => field = value ?? new(); } = new();

    [Proto(4)]
    public bool? SslEnabled { get; init; }

    [Proto(7)]
    public string? StorageMode { get; init; }

    [Proto(6)]
    public string? StoragePool { get; init; }

    [Proto(2), Required]
    public string System { get; init => field = value ?? ""; } = "";

    [Proto(8)]
    public string? VolumeName { get; init; }
}
