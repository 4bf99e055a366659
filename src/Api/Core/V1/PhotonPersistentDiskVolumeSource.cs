using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PhotonPersistentDiskVolumeSource
{
    [Proto(2)]
    public string? FsType { get; init; }

    [Proto(1), Required]
    public string PdID { get; init => field = value ?? ""; } = "";
}
