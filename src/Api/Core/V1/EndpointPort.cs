using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record EndpointPort
{
    [Proto(4), ZeroCounts]
    public string? AppProtocol { get; init; }

    [Proto(1)]
    public string? Name { get; init; }

    [Proto(2), Required]
    public int Port { get; init; }

    [Proto(3), OneOf("SCTP", "TCP", "UDP")]
    public string? Protocol { get; init; }
}
