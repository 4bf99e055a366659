using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record GCEPersistentDiskVolumeSource
{
    [Proto(2)]
    public string? FsType { get; init; }

    [Proto(3)]
    public int? Partition { get; init; }

    [Proto(1), Required]
    public string PdName { get; init => field = value ?? ""; } = "";

    [Proto(4)]
    public bool? ReadOnly { get; init; }
}
