using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: StorageOS volume.</summary>
public sealed record StorageOSVolumeSource
{
    /// <summary>File system of the volume.</summary>
    [Proto(3)]
    public string? FsType { get; init; }

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; init; }

    /// <summary>Secret with the credentials.</summary>
    [Proto(5)]
    public LocalObjectReference? SecretRef { get; init; }

    /// <summary>Name of the volume, unique in its namespace.</summary>
    [Proto(1)]
    public string? VolumeName { get; init; }

    /// <summary>StorageOS namespace of the volume; the pod's unless given.</summary>
    [Proto(2)]
    public string? VolumeNamespace { get; init; }
}
