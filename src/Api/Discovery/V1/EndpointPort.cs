using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Discovery.V1;

public sealed record EndpointPort
{
    [Proto(4), ZeroCounts]
    public string? AppProtocol { get; init; }

    [Proto(1), ZeroCounts]
    public string? Name { get; init; }

    [Proto(3), ZeroCounts]
    public int? Port { get; init; }

    [Proto(2), ZeroCounts, OneOf("SCTP", "TCP", "UDP")]
    public string? Protocol { get; init; }
}
