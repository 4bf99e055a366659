using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record QuobyteVolumeSource
{
    [Proto(5)]
    public string? Group { get; init; }

    [Proto(3)]
    public bool? ReadOnly { get; init; }

    [Proto(1), Required]
    public string Registry { get; init => field = value ?? ""; } = "";

    [Proto(6)]
    public string? Tenant { get; init; }

    [Proto(4)]
    public string? User { get; init; }

    [Proto(2), Required]
    public string Volume { get; init => field = value ?? ""; } = "";
}
