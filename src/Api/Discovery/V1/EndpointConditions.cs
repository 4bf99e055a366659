using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Discovery.V1;

/// <summary>What an endpoint can do now. Null means unknown.</summary>
public sealed record EndpointConditions
{
    /// <summary>Whether it takes traffic; null counts as true. False for an ending endpoint, unless the Service publishes unready addresses.</summary>
    [Proto(1), ZeroCounts]
    public bool? Ready { get; init; }

    /// <summary>Whether it could answer, even if it is ending; null means the same as Ready.</summary>
    [Proto(2), ZeroCounts]
    public bool? Serving { get; init; }

    /// <summary>Whether it is ending; null counts as false.</summary>
    [Proto(3), ZeroCounts]
    public bool? Terminating { get; init; }
}
