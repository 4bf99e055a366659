using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record CinderVolumeSource
{
    [Proto(2)]
    public string? FsType { get; init; }

    [Proto(3)]
    public bool? ReadOnly { get; init; }

    [Proto(4)]
    public LocalObjectReference? SecretRef { get; init; }

    [Proto(1), Required]
    public string VolumeID { get; init => field = value ?? ""; } = "";
}
