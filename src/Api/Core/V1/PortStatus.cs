using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Whether one port of a load balancer works.</summary>
public sealed record PortStatus
{
    /// <summary>CamelCase reason why it does not; empty when it does.</summary>
    [Proto(3), ZeroCounts]
    public string? Error { get; init; }

    /// <summary>Port of the Service that is meant.</summary>
    [Proto(1), Required]
    public int Port { get; init; }

    /// <summary><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</summary>
    [Proto(2), Required, OneOf("SCTP", "TCP", "UDP")]
    public string Protocol { get; init => field = value ?? ""; } = "";
}
