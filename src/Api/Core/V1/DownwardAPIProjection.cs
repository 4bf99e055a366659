using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Fields of the pod, as files of a projected volume.</summary>
public sealed record DownwardAPIProjection
{
    /// <summary>The files.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<DownwardAPIVolumeFile> Items { get; init => field = value ?? []; } = [];
}
