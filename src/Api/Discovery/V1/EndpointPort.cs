using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Discovery.V1;

public sealed record EndpointPort
{
    [Proto(4)]
    public string? AppProtocol { get; init; }

    [Proto(1)]
    public string? Name { get; init; }

    [Proto(3)]
    public int? Port { get; init; }

    [Proto(2), OneOf("SCTP", "TCP", "UDP")]
    public string? Protocol { get; init; }
}
