using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Which nodes and neighbours a pod seeks or shuns.</summary>
public sealed record Affinity
{
    /// <summary>Which nodes.</summary>
    [Proto(1)]
    public NodeAffinity? NodeAffinity { get; init; }

    /// <summary>Which pods to be near to.</summary>
    [Proto(2)]
    public PodAffinity? PodAffinity { get; init; }

    /// <summary>Which pods to be away from.</summary>
    [Proto(3)]
    public PodAntiAffinity? PodAntiAffinity { get; init; }
}
