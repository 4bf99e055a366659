using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record CSIVolumeSource
{
    [Proto(1), Required]
    public string Driver { get; init => field = value ?? ""; } = "";

    [Proto(3), ZeroCounts]
    public string? FsType { get; init; }

    [Proto(5)]
    public LocalObjectReference? NodePublishSecretRef { get; init; }

    [Proto(2), ZeroCounts]
    public bool? ReadOnly { get; init; }

    [Proto(4)]
    public IReadOnlyDictionary<string, string> VolumeAttributes { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();
}
