using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: vSphere disk.</summary>
public sealed record VsphereVirtualDiskVolumeSource
{
    /// <summary>File system of the disk.</summary>
    [Proto(2)]
    public string? FsType { get; init; }

    /// <summary>Id of the storage policy.</summary>
    [Proto(4)]
    public string? StoragePolicyID { get; init; }

    /// <summary>Name of the storage policy.</summary>
    [Proto(3)]
    public string? StoragePolicyName { get; init; }

    /// <summary>Path of the disk.</summary>
    [Proto(1), Required]
    public string VolumePath { get; init => field = value ?? ""; } = "";
}
