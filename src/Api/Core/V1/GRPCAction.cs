using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A call of the standard gRPC health service; SERVING is success.</summary>
public sealed record GRPCAction
{
    /// <summary>Port number, 1-65535.</summary>
    [Proto(1), Required]
    public int Port { get; init; }

    /// <summary>Service name put into the request; empty unless given.</summary>
    [Proto(2), ZeroCounts]
    public string? Service { get; init; }
}
