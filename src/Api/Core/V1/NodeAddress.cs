using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>An address or name of a node.</summary>
public sealed record NodeAddress
{
    /// <summary>The address or name.</summary>
    [Proto(2), Required]
    public string Address { get; init => field = value ?? ""; } = "";

    /// <summary><c>InternalIP</c>, <c>ExternalIP</c>, <c>Hostname</c>, <c>InternalDNS</c> or <c>ExternalDNS</c>.</summary>
    [Proto(1), Required]
    public string Type { get; init => field = value ?? ""; } = "";
}
