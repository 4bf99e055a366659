using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>One address of a node.</summary>
public sealed record HostIP
{
    /// <summary>IPv4 or IPv6 address.</summary>
    [Proto(1), Required]
    public string Ip { get; init => field = value ?? ""; } = "";
}
