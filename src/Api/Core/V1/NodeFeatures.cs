using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>What a node's runtime can do.</summary>
public sealed record NodeFeatures
{
    /// <summary>Whether it can leave out the image's groups and report users.</summary>
    [Proto(1), ZeroCounts]
    public bool? SupplementalGroupsPolicy { get; init; }
}
