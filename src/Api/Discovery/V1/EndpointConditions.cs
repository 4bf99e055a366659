using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Discovery.V1;

public sealed record EndpointConditions
{
    [Proto(1)]
    public bool? Ready { get; init; }

    [Proto(2)]
    public bool? Serving { get; init; }

    [Proto(3)]
    public bool? Terminating { get; init; }
}
