using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A raw block device in a container.</summary>
public sealed record VolumeDevice
{
    /// <summary>Path of the device in the container.</summary>
    [Proto(2), Required]
    public string DevicePath { get; init => field = value ?? ""; } = "";

    /// <summary>Name of a persistent volume claim among the pod's volumes.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";
}
