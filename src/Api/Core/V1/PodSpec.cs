using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record PodSpec
{
    [Proto(5), ZeroCounts]
    public long? ActiveDeadlineSeconds { get; init; }

    [Proto(18)]
    public Affinity? Affinity { get; init; }

    [Proto(21), ZeroCounts]
    public bool? AutomountServiceAccountToken { get; init; }

    [Proto(2), Required, ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<Container> Containers { get; init => field = value ?? []; } = [];

    [Proto(26)]
    public PodDNSConfig? DnsConfig { get; init; }

    [Proto(6), OneOf("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")]
    public string? DnsPolicy { get; init; }

    [Proto(30), ZeroCounts]
    public bool? EnableServiceLinks { get; init; }

    [Proto(34), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<EphemeralContainer> EphemeralContainers { get; init => field = value ?? []; } = [];

    [Proto(23), ListMap("ip"), PatchMerge("ip")]
    public IReadOnlyList<HostAlias> HostAliases { get; init => field = value ?? []; } = [];

    [Proto(13)]
    public bool? HostIPC { get; init; }

    [Proto(11)]
    public bool? HostNetwork { get; init; }

    [Proto(12)]
    public bool? HostPID { get; init; }

    [Proto(37), ZeroCounts]
    public bool? HostUsers { get; init; }

    [Proto(16)]
    public string? Hostname { get; init; }

    [Proto(15), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<LocalObjectReference> ImagePullSecrets { get; init => field = value ?? []; } = [];

    [Proto(20), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<Container> InitContainers { get; init => field = value ?? []; } = [];

    [Proto(10)]
    public string? NodeName { get; init; }

    [Proto(7), Atomic]
    public IReadOnlyDictionary<string, string> NodeSelector { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    [Proto(36)]
    public PodOS? Os { get; init; }

    [Proto(32)]
    public IReadOnlyDictionary<string, Quantity> Overhead { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();

    [Proto(31), ZeroCounts, OneOf("Never", "PreemptLowerPriority")]
    public string? PreemptionPolicy { get; init; }

    [Proto(25), ZeroCounts]
    public int? Priority { get; init; }

    [Proto(24)]
    public string? PriorityClassName { get; init; }

    [Proto(28), Atomic]
    public IReadOnlyList<PodReadinessGate> ReadinessGates { get; init => field = value ?? []; } = [];

    [Proto(39), ListMap("name"), PatchMerge("name"), PatchRetainKeys]
    public IReadOnlyList<PodResourceClaim> ResourceClaims { get; init => field = value ?? []; } = [];

    [Proto(40)]
    public ResourceRequirements? Resources { get; init; }

    [Proto(3), OneOf("Always", "Never", "OnFailure")]
    public string? RestartPolicy { get; init; }

    [Proto(29), ZeroCounts]
    public string? RuntimeClassName { get; init; }

    [Proto(19)]
    public string? SchedulerName { get; init; }

    [Proto(38), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<PodSchedulingGate> SchedulingGates { get; init => field = value ?? []; } = [];

    [Proto(14)]
    public PodSecurityContext? SecurityContext { get; init; }

    [Proto(9)]
    public string? ServiceAccount { get; init; }

    [Proto(8)]
    public string? ServiceAccountName { get; init; }

    [Proto(35), ZeroCounts]
    public bool? SetHostnameAsFQDN { get; init; }

    [Proto(27), ZeroCounts]
    public bool? ShareProcessNamespace { get; init; }

    [Proto(17)]
    public string? Subdomain { get; init; }

    [Proto(4), ZeroCounts]
    public long? TerminationGracePeriodSeconds { get; init; }

    [Proto(22), Atomic]
    public IReadOnlyList<Toleration> Tolerations { get; init => field = value ?? []; } = [];

    [Proto(33), ListMap("topologyKey", "whenUnsatisfiable"), PatchMerge("topologyKey")]
    public IReadOnlyList<TopologySpreadConstraint> TopologySpreadConstraints { get; init => field = value ?? []; } = [];

    [Proto(1), ListMap("name"), PatchMerge("name"), PatchRetainKeys]
    public IReadOnlyList<Volume> Volumes { get; init => field = value ?? []; } = [];
}
