using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record VolumeMountStatus
{
    [Proto(2), Required]
    public string MountPath { get; init => field = value ?? ""; } = "";

    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(3)]
    public bool? ReadOnly { get; init; }

    [Proto(4), ZeroCounts]
    public string? RecursiveReadOnly { get; init; }
}
