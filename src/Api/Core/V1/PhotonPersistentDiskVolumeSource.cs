using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: Photon disk.</summary>
public sealed record PhotonPersistentDiskVolumeSource
{
    /// <summary>File system of the disk.</summary>
    [Proto(2)]
    public string? FsType { get; init; }

    /// <summary>Id of the disk.</summary>
    [Proto(1), Required]
    public string PdID { get; init => field = value ?? ""; } = "";
}
