using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Addresses that all serve the same ports: every pair of an address and a port is an endpoint.</summary>
public sealed record EndpointSubset
{
    /// <summary>Addresses that take traffic.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<EndpointAddress> Addresses { get; init => field = value ?? []; } = [];

    /// <summary>Addresses that shall get no traffic now: starting, failing their probe, or ending.</summary>
    [Proto(2), Atomic]
    public IReadOnlyList<EndpointAddress> NotReadyAddresses { get; init => field = value ?? []; } = [];

    /// <summary>Ports that every address serves.</summary>
    [Proto(3), Atomic]
    public IReadOnlyList<EndpointPort> Ports { get; init => field = value ?? []; } = [];
}
