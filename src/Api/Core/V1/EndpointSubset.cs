using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record EndpointSubset
{
    [Proto(1), Atomic]
    public IReadOnlyList<EndpointAddress> Addresses { get; init => field = value ?? []; } = [];

    [Proto(2), Atomic]
    public IReadOnlyList<EndpointAddress> NotReadyAddresses { get; init => field = value ?? []; } = [];

    [Proto(3), Atomic]
    public IReadOnlyList<EndpointPort> Ports { get; init => field = value ?? []; } = [];
}
