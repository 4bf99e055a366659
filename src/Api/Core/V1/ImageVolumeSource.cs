using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Contents of an image, read-only.</summary>
public sealed record ImageVolumeSource
{
    /// <summary>When to pull: <c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>; by the tag unless given.</summary>
    [Proto(2), OneOf("Always", "IfNotPresent", "Never")]
    public string? PullPolicy { get; init; }

    /// <summary>Image reference.</summary>
    [Proto(1)]
    public string? Reference { get; init; }
}
