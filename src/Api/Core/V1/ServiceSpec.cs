using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ServiceSpec
{
    [Proto(20), ZeroCounts]
    public bool? AllocateLoadBalancerNodePorts { get; init; }

    [Proto(3)]
    public string? ClusterIP { get; init; }

    [Proto(18), Atomic]
    public IReadOnlyList<string> ClusterIPs { get; init => field = value ?? []; } = [];

    [Proto(5), Atomic]
    public IReadOnlyList<string> ExternalIPs { get; init => field = value ?? []; } = [];

    [Proto(10)]
    public string? ExternalName { get; init; }

    [Proto(11), OneOf("Cluster", "Local")]
    public string? ExternalTrafficPolicy { get; init; }

    [Proto(12)]
    public int? HealthCheckNodePort { get; init; }

    [Proto(22), ZeroCounts, OneOf("Cluster", "Local")]
    public string? InternalTrafficPolicy { get; init; }

    [Proto(19), Atomic]
    public IReadOnlyList<string> IpFamilies { get; init => field = value ?? []; } = [];

    [Proto(17), ZeroCounts, OneOf("PreferDualStack", "RequireDualStack", "SingleStack")]
    public string? IpFamilyPolicy { get; init; }

    [Proto(21), ZeroCounts]
    public string? LoadBalancerClass { get; init; }

    [Proto(8)]
    public string? LoadBalancerIP { get; init; }

    [Proto(9), Atomic]
    public IReadOnlyList<string> LoadBalancerSourceRanges { get; init => field = value ?? []; } = [];

    [Proto(1), ListMap("port", "protocol"), PatchMerge("port")]
    public IReadOnlyList<ServicePort> Ports { get; init => field = value ?? []; } = [];

    [Proto(13)]
    public bool? PublishNotReadyAddresses { get; init; }

    [Proto(2), Atomic]
    public IReadOnlyDictionary<string, string> Selector { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    [Proto(7), OneOf("ClientIP", "None")]
    public string? SessionAffinity { get; init; }

    [Proto(14)]
    public SessionAffinityConfig? SessionAffinityConfig { get; init; }

    [Proto(23), ZeroCounts]
    public string? TrafficDistribution { get; init; }

    [Proto(4), OneOf("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")]
    public string? Type { get; init; }
}
