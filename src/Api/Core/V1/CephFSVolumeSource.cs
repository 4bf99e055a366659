using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record CephFSVolumeSource
{
    [Proto(1), Required, Atomic]
    public IReadOnlyList<string> Monitors { get; init => field = value ?? []; } = [];

    [Proto(2)]
    public string? Path { get; init; }

    [Proto(6)]
    public bool? ReadOnly { get; init; }

    [Proto(4)]
    public string? SecretFile { get; init; }

    [Proto(5)]
    public LocalObjectReference? SecretRef { get; init; }

    [Proto(3)]
    public string? User { get; init; }
}
