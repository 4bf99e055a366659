using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: Azure disk.</summary>
public sealed record AzureDiskVolumeSource
{
    /// <summary><c>None</c>, <c>ReadOnly</c> or <c>ReadWrite</c> (the default).</summary>
    [Proto(3), ZeroCounts, OneOf("None", "ReadOnly", "ReadWrite")]
    public string? CachingMode { get; init; }

    /// <summary>Name of the disk.</summary>
    [Proto(1), Required]
    public string DiskName { get; init => field = value ?? ""; } = "";

    /// <summary>Address of the disk.</summary>
    [Proto(2), Required]
    public string DiskURI { get; init => field = value ?? ""; } = "";

    /// <summary>File system of the disk; <c>ext4</c> unless given.</summary>
    [Proto(4), ZeroCounts]
    public string? FsType { get; init; }

    /// <summary><c>Shared</c> (the default), <c>Dedicated</c> or <c>Managed</c>.</summary>
    [Proto(6), ZeroCounts, OneOf("Dedicated", "Managed", "Shared")]
    public string? Kind { get; init; }

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(5), ZeroCounts]
    public bool? ReadOnly { get; init; }
}
