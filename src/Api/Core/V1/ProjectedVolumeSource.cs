using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Several sources in one directory.</summary>
public sealed record ProjectedVolumeSource
{
    /// <summary>Permission bits of the files, 0-511 (0777); 420 (0644) unless given.</summary>
    [Proto(2), ZeroCounts]
    public int? DefaultMode { get; init; }

    /// <summary>The sources.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<VolumeProjection> Sources { get; init => field = value ?? []; } = [];
}
