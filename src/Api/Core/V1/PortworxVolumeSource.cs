using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: Portworx volume.</summary>
public sealed record PortworxVolumeSource
{
    /// <summary>File system of the volume.</summary>
    [Proto(2)]
    public string? FsType { get; init; }

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; init; }

    /// <summary>Id of the volume.</summary>
    [Proto(1), Required]
    public string VolumeID { get; init => field = value ?? ""; } = "";
}
