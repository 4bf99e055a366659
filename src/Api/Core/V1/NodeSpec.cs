using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>What others decide about a node.</summary>
public sealed record NodeSpec
{
    /// <summary>Obsolete: dynamic kubelet configuration, gone from Kubernetes; kept so that old objects decode.</summary>
    [Proto(6)]
    public NodeConfigSource? ConfigSource { get; init; }

    /// <summary>Obsolete; kept so that old objects decode.</summary>
    [Proto(2)]
    public string? ExternalID { get; init; }

    /// <summary>Address range for the node's pods; fixed once set.</summary>
    [Proto(1)]
    public string? PodCIDR { get; init; }

    /// <summary>All address ranges for the node's pods, at most one of each family; the first equals PodCIDR.</summary>
    [Proto(7), ListSet, PatchMerge]
    public IReadOnlyList<string> PodCIDRs { get; init => field = value ?? []; } = [];

    /// <summary>Id of the machine at its cloud, as <c>provider://id</c>; fixed once set.</summary>
    [Proto(3)]
    public string? ProviderID { get; init; }

    /// <summary>Marks that keep pods away, unless they tolerate them.</summary>
    [Proto(5), Atomic]
    public IReadOnlyList<Taint> Taints { get; init => field = value ?? []; } = [];

    /// <summary>Whether the scheduler leaves the node alone; set by cordon. False unless given.</summary>
    [Proto(4)]
    public bool? Unschedulable { get; init; }
}
