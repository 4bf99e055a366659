using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: OpenStack disk.</summary>
public sealed record CinderVolumeSource
{
    /// <summary>File system of the disk.</summary>
    [Proto(2)]
    public string? FsType { get; init; }

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; init; }

    /// <summary>Secret with the OpenStack credentials.</summary>
    [Proto(4)]
    public LocalObjectReference? SecretRef { get; init; }

    /// <summary>Id of the disk.</summary>
    [Proto(1), Required]
    public string VolumeID { get; init => field = value ?? ""; } = "";
}
