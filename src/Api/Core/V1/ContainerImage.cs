using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>An image that a node holds.</summary>
public sealed record ContainerImage
{
    /// <summary>All names of the image, with tags and digests.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<string> Names { get; init => field = value ?? []; } = [];

    /// <summary>Size in bytes.</summary>
    [Proto(2)]
    public long? SizeBytes { get; init; }
}
