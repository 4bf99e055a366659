using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Discovery.V1;

/// <summary>One port that the endpoints of a slice serve.</summary>
public sealed record EndpointPort
{
    /// <summary>Protocol spoken above the transport; taken from the Service's port.</summary>
    [Proto(4), ZeroCounts]
    public string? AppProtocol { get; init; }

    /// <summary>Name of the Service's port, empty if that has none; unique in the slice.</summary>
    [Proto(1), ZeroCounts]
    public string? Name { get; init; }

    /// <summary>Port number at the addresses; null means every port.</summary>
    [Proto(3), ZeroCounts]
    public int? Port { get; init; }

    /// <summary><c>TCP</c> (the default), <c>UDP</c> or <c>SCTP</c>.</summary>
    [Proto(2), ZeroCounts, OneOf("SCTP", "TCP", "UDP")]
    public string? Protocol { get; init; }
}
