using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record GroupVersionForDiscovery
{
    [Proto(1), Required]
    public string GroupVersion { get; init => field = value ?? ""; } = "";

    [Proto(2), Required]
    public string Version { get; init => field = value ?? ""; } = "";
}
