using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ConfigMapNodeConfigSource
{
    [Proto(5), Required]
    public string KubeletConfigKey { get; init => field = value ?? ""; } = "";

    [Proto(2), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(1), Required]
    public string Namespace { get; init => field = value ?? ""; } = "";

    [Proto(4)]
    public string? ResourceVersion { get; init; }

    [Proto(3)]
    public string? Uid { get; init; }
}
