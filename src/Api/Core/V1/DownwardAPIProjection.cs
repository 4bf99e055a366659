using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record DownwardAPIProjection
{
    [Proto(1), Atomic]
    public IReadOnlyList<DownwardAPIVolumeFile> Items { get; init => field = value ?? []; } = [];
}
