using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Fields of the pod, as files.</summary>
public sealed record DownwardAPIVolumeSource
{
    /// <summary>Permission bits of the files, 0-511 (0777); 420 (0644) unless given.</summary>
    [Proto(2), ZeroCounts]
    public int? DefaultMode { get; init; }

    /// <summary>The files.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<DownwardAPIVolumeFile> Items { get; init => field = value ?? []; } = [];
}
