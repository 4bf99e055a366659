using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record ServicePort
{
    [Proto(6), ZeroCounts]
    public string? AppProtocol { get; init; }

    [Proto(1)]
    public string? Name { get; init; }

    [Proto(5)]
    public int? NodePort { get; init; }

    [Proto(3), Required]
    public int Port { get; init; }

    [Proto(2), OneOf("SCTP", "TCP", "UDP")]
    public string? Protocol { get; init; }

    [Proto(4)]
    public IntOrString? TargetPort { get; init; }
}
