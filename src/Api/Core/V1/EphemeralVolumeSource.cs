using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A claim made for one pod, that goes with it.</summary>
public sealed record EphemeralVolumeSource
{
    /// <summary>What the claim looks like; its name is that of the pod and of the volume, joined by a hyphen.</summary>
    [Proto(1)]
    public PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; init; }
}
