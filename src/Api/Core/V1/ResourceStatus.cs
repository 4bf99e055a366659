using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Health of the devices of one kind that a container was given.</summary>
public sealed record ResourceStatus
{
    /// <summary>Name of the resource.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Health of each device.</summary>
    [Proto(2), ListMap("resourceID")]
    public IReadOnlyList<ResourceHealth> Resources { get; init => field = value ?? []; } = [];
}
