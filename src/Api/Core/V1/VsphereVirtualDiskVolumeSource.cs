using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record VsphereVirtualDiskVolumeSource
{
    [Proto(2)]
    public string? FsType { get; init; }

    [Proto(4)]
    public string? StoragePolicyID { get; init; }

    [Proto(3)]
    public string? StoragePolicyName { get; init; }

    [Proto(1), Required]
    public string VolumePath { get; init => field = value ?? ""; } = "";
}
