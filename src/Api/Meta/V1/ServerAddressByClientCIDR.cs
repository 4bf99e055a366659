using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>Which address of the server a client should use.</summary>
public sealed record ServerAddressByClientCIDR
{
    /// <summary>Range of the client's address.</summary>
    [Proto(1), Required]
    public string ClientCIDR { get; init => field = value ?? ""; } = "";

    /// <summary>Host or host:port of the server.</summary>
    [Proto(2), Required]
    public string ServerAddress { get; init => field = value ?? ""; } = "";
}
