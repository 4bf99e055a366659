using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A volume attached to a node.</summary>
public sealed record AttachedVolume
{
    /// <summary>Device on the node.</summary>
    [Proto(2), Required]
    public string DevicePath { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the volume.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";
}
