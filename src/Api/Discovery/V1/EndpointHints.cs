using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Discovery.V1;

public sealed record EndpointHints
{
    [Proto(1), Atomic]
    public IReadOnlyList<ForZone> ForZones { get; init => field = value ?? []; } = [];
}
