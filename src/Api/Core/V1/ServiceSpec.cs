using System.Collections.ObjectModel;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>The wish: which pods stand behind a Service, on which ports, at which addresses.</summary>
public sealed record ServiceSpec
{
    /// <summary>Whether ports of a LoadBalancer Service get node ports; true unless given. Only for type LoadBalancer.</summary>
    [Proto(20), ZeroCounts]
    public bool? AllocateLoadBalancerNodePorts { get; init; }

    /// <summary>First virtual address: an IP, <c>None</c> for a headless Service, empty to have one allocated. Fixed once set, except on a change of type.</summary>
    [Proto(3)]
    public string? ClusterIP { get; init; }

    /// <summary>All virtual addresses, at most one of each family; the first equals ClusterIP.</summary>
    [Proto(18), Atomic]
    public IReadOnlyList<string> ClusterIPs { get; init => field = value ?? []; } = [];

    /// <summary>Further addresses at which nodes take traffic for this Service; who routes them there is the user's affair.</summary>
    [Proto(5), Atomic]
    public IReadOnlyList<string> ExternalIPs { get; init => field = value ?? []; } = [];

    /// <summary>DNS name that the cluster DNS answers with, as a CNAME; only for type ExternalName.</summary>
    [Proto(10)]
    public string? ExternalName { get; init; }

    /// <summary>Who answers traffic from outside: <c>Cluster</c> (any endpoint; the default) or <c>Local</c> (endpoints of the same node only, client address kept).</summary>
    [Proto(11), OneOf("Cluster", "Local")]
    public string? ExternalTrafficPolicy { get; init; }

    /// <summary>Node port where load balancers ask whether the node has local endpoints; only for LoadBalancer with policy Local. Allocated when 0.</summary>
    [Proto(12)]
    public int? HealthCheckNodePort { get; init; }

    /// <summary>Who answers traffic from inside the cluster: <c>Cluster</c> (the default) or <c>Local</c> (endpoints of the same node only).</summary>
    [Proto(22), ZeroCounts, OneOf("Cluster", "Local")]
    public string? InternalTrafficPolicy { get; init; }

    /// <summary>Families of the virtual addresses, <c>IPv4</c> or <c>IPv6</c>, in the order of ClusterIPs.</summary>
    [Proto(19), Atomic]
    public IReadOnlyList<string> IpFamilies { get; init => field = value ?? []; } = [];

    /// <summary>Whether one or two families are wanted: <c>SingleStack</c> (the default), <c>PreferDualStack</c> or <c>RequireDualStack</c>.</summary>
    [Proto(17), ZeroCounts, OneOf("PreferDualStack", "RequireDualStack", "SingleStack")]
    public string? IpFamilyPolicy { get; init; }

    /// <summary>Name of the load balancer implementation that shall serve this Service; none means the cluster's default. Fixed once set.</summary>
    [Proto(21), ZeroCounts]
    public string? LoadBalancerClass { get; init; }

    /// <summary>Address wanted from the load balancer. Obsolete in Kubernetes; few implementations honour it.</summary>
    [Proto(8)]
    public string? LoadBalancerIP { get; init; }

    /// <summary>CIDRs of the clients that may come in through the load balancer; empty means everybody.</summary>
    [Proto(9), Atomic]
    public IReadOnlyList<string> LoadBalancerSourceRanges { get; init => field = value ?? []; } = [];

    /// <summary>Ports that the Service listens on; several need names.</summary>
    [Proto(1), ListMap("port", "protocol"), PatchMerge("port")]
    public IReadOnlyList<ServicePort> Ports { get; init => field = value ?? []; } = [];

    /// <summary>Whether pods count as ready here even if they are not; for peers that must find each other before they are up.</summary>
    [Proto(13)]
    public bool? PublishNotReadyAddresses { get; init; }

    /// <summary>Labels that a pod must carry to stand behind this Service; empty means that somebody else writes the endpoints.</summary>
    [Proto(2), Atomic]
    public IReadOnlyDictionary<string, string> Selector { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary><c>ClientIP</c> keeps a client with one endpoint; <c>None</c> (the default) does not.</summary>
    [Proto(7), OneOf("ClientIP", "None")]
    public string? SessionAffinity { get; init; }

    /// <summary>How affinity works; only with <c>ClientIP</c>.</summary>
    [Proto(14)]
    public SessionAffinityConfig? SessionAffinityConfig { get; init; }

    /// <summary>Which endpoints to prefer, if any: <c>PreferClose</c> keeps traffic in the client's zone.</summary>
    [Proto(23), ZeroCounts]
    public string? TrafficDistribution { get; init; }

    /// <summary>How the Service is reached: <c>ClusterIP</c> (the default), <c>NodePort</c>, <c>LoadBalancer</c> or <c>ExternalName</c>.</summary>
    [Proto(4), OneOf("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")]
    public string? Type { get; init; }
}
