using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Discovery.V1;

/// <summary>A zone that an endpoint is meant for.</summary>
public sealed record ForZone
{
    /// <summary>Name of the zone, as in label topology.kubernetes.io/zone.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";
}
