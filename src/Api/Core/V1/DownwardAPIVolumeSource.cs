using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record DownwardAPIVolumeSource
{
    [Proto(2), ZeroCounts]
    public int? DefaultMode { get; init; }

    [Proto(1), Atomic]
    public IReadOnlyList<DownwardAPIVolumeFile> Items { get; init => field = value ?? []; } = [];
}
