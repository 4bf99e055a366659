using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Health of one device.</summary>
public sealed record ResourceHealth
{
    /// <summary><c>Healthy</c>, <c>Unhealthy</c> or <c>Unknown</c>.</summary>
    [Proto(2)]
    public string? Health { get; init; }

    /// <summary>Id of the device, unique for the resource.</summary>
    [Proto(1), Required]
    public string ResourceID { get; init => field = value ?? ""; } = "";
}
