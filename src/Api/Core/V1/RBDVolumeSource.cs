using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record RBDVolumeSource
{
    [Proto(3)]
    public string? FsType { get; init; }

    [Proto(2), Required]
    public string Image { get; init => field = value ?? ""; } = "";

    [Proto(6)]
    public string? Keyring { get; init; }

    [Proto(1), Required, Atomic]
    public IReadOnlyList<string> Monitors { get; init => field = value ?? []; } = [];

    [Proto(4)]
    public string? Pool { get; init; }

    [Proto(8)]
    public bool? ReadOnly { get; init; }

    [Proto(7)]
    public LocalObjectReference? SecretRef { get; init; }

    [Proto(5)]
    public string? User { get; init; }
}
