using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeSpec
{
    [Proto(6)]
    public NodeConfigSource? ConfigSource { get; init; }

    [Proto(2)]
    public string? ExternalID { get; init; }

    [Proto(1)]
    public string? PodCIDR { get; init; }

    [Proto(7), ListSet, PatchMerge]
    public IReadOnlyList<string> PodCIDRs { get; init => field = value ?? []; } = [];

    [Proto(3)]
    public string? ProviderID { get; init; }

    [Proto(5), Atomic]
    public IReadOnlyList<Taint> Taints { get; init => field = value ?? []; } = [];

    [Proto(4)]
    public bool? Unschedulable { get; init; }
}
