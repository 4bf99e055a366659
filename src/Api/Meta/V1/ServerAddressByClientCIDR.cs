using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record ServerAddressByClientCIDR
{
    [Proto(1), Required]
    public string ClientCIDR { get; init => field = value ?? ""; } = "";

    [Proto(2), Required]
    public string ServerAddress { get; init => field = value ?? ""; } = "";
}
