using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record StorageOSVolumeSource
{
    [Proto(3)]
    public string? FsType { get; init; }

    [Proto(4)]
    public bool? ReadOnly { get; init; }

    [Proto(5)]
    public LocalObjectReference? SecretRef { get; init; }

    [Proto(1)]
    public string? VolumeName { get; init; }

    [Proto(2)]
    public string? VolumeNamespace { get; init; }
}
