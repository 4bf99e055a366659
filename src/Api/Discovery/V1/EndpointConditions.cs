using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Discovery.V1;

public sealed record EndpointConditions
{
    [Proto(1), ZeroCounts]
    public bool? Ready { get; init; }

    [Proto(2), ZeroCounts]
    public bool? Serving { get; init; }

    [Proto(3), ZeroCounts]
    public bool? Terminating { get; init; }
}
