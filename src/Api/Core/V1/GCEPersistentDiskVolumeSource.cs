using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: Google Cloud disk.</summary>
public sealed record GCEPersistentDiskVolumeSource
{
    /// <summary>File system of the disk.</summary>
    [Proto(2)]
    public string? FsType { get; init; }

    /// <summary>Number of the partition; 0 for the whole disk.</summary>
    [Proto(3)]
    public int? Partition { get; init; }

    /// <summary>Name of the disk.</summary>
    [Proto(1), Required]
    public string PdName { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; init; }
}
