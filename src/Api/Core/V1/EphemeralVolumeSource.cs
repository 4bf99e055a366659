using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record EphemeralVolumeSource
{
    [Proto(1)]
    public PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; init; }
}
