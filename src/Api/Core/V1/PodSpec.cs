using System.Collections.ObjectModel;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>What shall run: the containers, their volumes, and the rules for where and how. Most of it is fixed once the pod exists.</summary>
public sealed record PodSpec
{
    /// <summary>Seconds after StartTime at which the pod is ended and marked failed; no limit unless given.</summary>
    [Proto(5), ZeroCounts]
    public long? ActiveDeadlineSeconds { get; init; }

    /// <summary>Which nodes and neighbours the scheduler should seek or shun.</summary>
    [Proto(18)]
    public Affinity? Affinity { get; init; }

    /// <summary>Whether containers get a token of the service account; overrides the account's own setting.</summary>
    [Proto(21), ZeroCounts]
    public bool? AutomountServiceAccountToken { get; init; }

    /// <summary>The containers; at least one. They start together after the init containers.</summary>
    [Proto(2), Required, ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<Container> Containers { get; init => field = value ?? []; } = [];

    /// <summary>DNS settings added to what DnsPolicy gives.</summary>
    [Proto(26)]
    public PodDNSConfig? DnsConfig { get; init; }

    /// <summary>Where names are resolved: <c>ClusterFirst</c> (the default), <c>ClusterFirstWithHostNet</c>, <c>Default</c> (as the node does) or <c>None</c> (DnsConfig only).</summary>
    [Proto(6), OneOf("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")]
    public string? DnsPolicy { get; init; }

    /// <summary>Whether containers get environment variables for the Services of the namespace; true unless given.</summary>
    [Proto(30), ZeroCounts]
    public bool? EnableServiceLinks { get; init; }

    /// <summary>Containers added to the running pod for debugging; written through subresource ephemeralcontainers only.</summary>
    [Proto(34), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<EphemeralContainer> EphemeralContainers { get; init => field = value ?? []; } = [];

    /// <summary>Lines added to /etc/hosts.</summary>
    [Proto(23), ListMap("ip"), PatchMerge("ip")]
    public IReadOnlyList<HostAlias> HostAliases { get; init => field = value ?? []; } = [];

    /// <summary>Whether the pod uses the node's IPC namespace; false unless given.</summary>
    [Proto(13)]
    public bool? HostIPC { get; init; }

    /// <summary>Whether the pod uses the node's network namespace; false unless given. Container ports are then host ports.</summary>
    [Proto(11)]
    public bool? HostNetwork { get; init; }

    /// <summary>Whether the pod sees the node's processes; false unless given.</summary>
    [Proto(12)]
    public bool? HostPID { get; init; }

    /// <summary>Whether user ids are those of the node; true unless given, false asks for a user namespace.</summary>
    [Proto(37), ZeroCounts]
    public bool? HostUsers { get; init; }

    /// <summary>Host name inside the pod; the pod's name unless given.</summary>
    [Proto(16)]
    public string? Hostname { get; init; }

    /// <summary>Secrets of the same namespace with credentials for pulling the images.</summary>
    [Proto(15), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<LocalObjectReference> ImagePullSecrets { get; init => field = value ?? []; } = [];

    /// <summary>Containers that run before the others, one after another, each to success; with restart policy Always they stay as sidecars.</summary>
    [Proto(20), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<Container> InitContainers { get; init => field = value ?? []; } = [];

    /// <summary>Node that runs the pod; empty until the scheduler has chosen.</summary>
    [Proto(10)]
    public string? NodeName { get; init; }

    /// <summary>Labels that the node must carry.</summary>
    [Proto(7), Atomic]
    public IReadOnlyDictionary<string, string> NodeSelector { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Operating system that the pod is made for; forbids fields that do not fit.</summary>
    [Proto(36)]
    public PodOS? Os { get; init; }

    /// <summary>Resources that the runtime itself needs for the pod; set from the runtime class.</summary>
    [Proto(32)]
    public IReadOnlyDictionary<string, Quantity> Overhead { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();

    /// <summary><c>PreemptLowerPriority</c> (the default) lets the pod push out lesser ones; <c>Never</c> does not.</summary>
    [Proto(31), ZeroCounts, OneOf("Never", "PreemptLowerPriority")]
    public string? PreemptionPolicy { get; init; }

    /// <summary>Rank of the pod when room is short, higher is more important; set from PriorityClassName.</summary>
    [Proto(25), ZeroCounts]
    public int? Priority { get; init; }

    /// <summary>Priority class of the pod.</summary>
    [Proto(24)]
    public string? PriorityClassName { get; init; }

    /// <summary>Further conditions that must be true before the pod is ready.</summary>
    [Proto(28), Atomic]
    public IReadOnlyList<PodReadinessGate> ReadinessGates { get; init => field = value ?? []; } = [];

    /// <summary>Claims on devices that must be met before the pod starts.</summary>
    [Proto(39), ListMap("name"), PatchMerge("name"), PatchRetainKeys]
    public IReadOnlyList<PodResourceClaim> ResourceClaims { get; init => field = value ?? []; } = [];

    /// <summary>Requests and limits of the pod as a whole.</summary>
    [Proto(40)]
    public ResourceRequirements? Resources { get; init; }

    /// <summary>Which ended containers are started again: <c>Always</c> (the default), <c>OnFailure</c> or <c>Never</c>.</summary>
    [Proto(3), OneOf("Always", "Never", "OnFailure")]
    public string? RestartPolicy { get; init; }

    /// <summary>Runtime class that runs the pod; the node's default unless given.</summary>
    [Proto(29), ZeroCounts]
    public string? RuntimeClassName { get; init; }

    /// <summary>Scheduler that places the pod; <c>default-scheduler</c> unless given.</summary>
    [Proto(19)]
    public string? SchedulerName { get; init; }

    /// <summary>Gates that keep the scheduler from placing the pod until all are taken away.</summary>
    [Proto(38), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<PodSchedulingGate> SchedulingGates { get; init => field = value ?? []; } = [];

    /// <summary>Users, groups and rights for the pod as a whole.</summary>
    [Proto(14)]
    public PodSecurityContext? SecurityContext { get; init; }

    /// <summary>Old name of ServiceAccountName; both are kept equal.</summary>
    [Proto(9)]
    public string? ServiceAccount { get; init; }

    /// <summary>Service account that the pod acts as; <c>default</c> unless given.</summary>
    [Proto(8)]
    public string? ServiceAccountName { get; init; }

    /// <summary>Whether the host name inside is the fully qualified one; false unless given.</summary>
    [Proto(35), ZeroCounts]
    public bool? SetHostnameAsFQDN { get; init; }

    /// <summary>Whether the containers see each other's processes; false unless given, excludes HostPID.</summary>
    [Proto(27), ZeroCounts]
    public bool? ShareProcessNamespace { get; init; }

    /// <summary>Middle part of the pod's DNS name, hostname.subdomain.namespace.svc; the name of a headless Service.</summary>
    [Proto(17)]
    public string? Subdomain { get; init; }

    /// <summary>Seconds that the containers may take to end after SIGTERM; 30 unless given, 0 kills at once.</summary>
    [Proto(4), ZeroCounts]
    public long? TerminationGracePeriodSeconds { get; init; }

    /// <summary>Taints that the pod puts up with.</summary>
    [Proto(22), Atomic]
    public IReadOnlyList<Toleration> Tolerations { get; init => field = value ?? []; } = [];

    /// <summary>How evenly pods of a group must lie over zones, nodes or the like.</summary>
    [Proto(33), ListMap("topologyKey", "whenUnsatisfiable"), PatchMerge("topologyKey")]
    public IReadOnlyList<TopologySpreadConstraint> TopologySpreadConstraints { get; init => field = value ?? []; } = [];

    /// <summary>Volumes that the containers may mount.</summary>
    [Proto(1), ListMap("name"), PatchMerge("name"), PatchRetainKeys]
    public IReadOnlyList<Volume> Volumes { get; init => field = value ?? []; } = [];
}
