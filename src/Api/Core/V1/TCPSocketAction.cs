using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>A TCP connection; success once it is open.</summary>
public sealed record TCPSocketAction
{
    /// <summary>Host to connect to; the pod's address unless given.</summary>
    [Proto(2)]
    public string? Host { get; init; }

    /// <summary>Port number, or the name of a container port.</summary>
    [Proto(1), Required]
    public IntOrString? Port { get; init; }
}
