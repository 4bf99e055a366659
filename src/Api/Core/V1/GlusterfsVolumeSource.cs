using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record GlusterfsVolumeSource
{
    [Proto(1), Required]
    public string Endpoints { get; init => field = value ?? ""; } = "";

    [Proto(2), Required]
    public string Path { get; init => field = value ?? ""; } = "";

    [Proto(3)]
    public bool? ReadOnly { get; init; }
}
