using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record VolumeMount
{
    [Proto(3), Required]
    public string MountPath { get; init => field = value ?? ""; } = "";

    [Proto(5), ZeroCounts, OneOf("Bidirectional", "HostToContainer", "None")]
    public string? MountPropagation { get; init; }

    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(2)]
    public bool? ReadOnly { get; init; }

    [Proto(7), ZeroCounts]
    public string? RecursiveReadOnly { get; init; }

    [Proto(4)]
    public string? SubPath { get; init; }

    [Proto(6)]
    public string? SubPathExpr { get; init; }
}
