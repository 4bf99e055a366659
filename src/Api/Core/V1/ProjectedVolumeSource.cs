using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ProjectedVolumeSource
{
    [Proto(2), ZeroCounts]
    public int? DefaultMode { get; init; }

    [Proto(1), Atomic]
    public IReadOnlyList<VolumeProjection> Sources { get; init => field = value ?? []; } = [];
}
