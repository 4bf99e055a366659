using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: AWS disk.</summary>
public sealed record AWSElasticBlockStoreVolumeSource
{
    /// <summary>File system of the disk.</summary>
    [Proto(2)]
    public string? FsType { get; init; }

    /// <summary>Number of the partition; 0 for the whole disk.</summary>
    [Proto(3)]
    public int? Partition { get; init; }

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; init; }

    /// <summary>Id of the disk.</summary>
    [Proto(1), Required]
    public string VolumeID { get; init => field = value ?? ""; } = "";
}
