using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record AzureDiskVolumeSource
{
    [Proto(3), ZeroCounts, OneOf("None", "ReadOnly", "ReadWrite")]
    public string? CachingMode { get; init; }

    [Proto(1), Required]
    public string DiskName { get; init => field = value ?? ""; } = "";

    [Proto(2), Required]
    public string DiskURI { get; init => field = value ?? ""; } = "";

    [Proto(4), ZeroCounts]
    public string? FsType { get; init; }

    [Proto(6), ZeroCounts, OneOf("Dedicated", "Managed", "Shared")]
    public string? Kind { get; init; }

    [Proto(5), ZeroCounts]
    public bool? ReadOnly { get; init; }
}
