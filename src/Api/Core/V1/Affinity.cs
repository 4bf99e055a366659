using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record Affinity
{
    [Proto(1)]
    public NodeAffinity? NodeAffinity { get; init; }

    [Proto(2)]
    public PodAffinity? PodAffinity { get; init; }

    [Proto(3)]
    public PodAntiAffinity? PodAntiAffinity { get; init; }
}
