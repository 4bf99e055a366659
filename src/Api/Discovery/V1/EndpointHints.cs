using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Discovery.V1;

/// <summary>Advice to proxies on who should use an endpoint.</summary>
public sealed record EndpointHints
{
    /// <summary>Zones whose clients should use it; at most 8.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<ForZone> ForZones { get; init => field = value ?? []; } = [];
}
