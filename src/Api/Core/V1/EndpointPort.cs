using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>One port of an endpoint.</summary>
public sealed record EndpointPort
{
    /// <summary>Protocol spoken above the transport; taken from the Service's port.</summary>
    [Proto(4), ZeroCounts]
    public string? AppProtocol { get; init; }

    /// <summary>Name of the Service's port; must match it, so that proxies can pair them.</summary>
    [Proto(1)]
    public string? Name { get; init; }

    /// <summary>Port number at the address.</summary>
    [Proto(2), Required]
    public int Port { get; init; }

    /// <summary><c>TCP</c> (the default), <c>UDP</c> or <c>SCTP</c>.</summary>
    [Proto(3), OneOf("SCTP", "TCP", "UDP")]
    public string? Protocol { get; init; }
}
