using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>What runs now, as the kubelet of the pod's node sees it.</summary>
public sealed record PodStatus
{
    /// <summary>Steps of the pod's life, such as PodScheduled, Initialized, ContainersReady and Ready; one of each type.</summary>
    [Proto(2), ListMap("type"), PatchMerge("type")]
    public IReadOnlyList<PodCondition> Conditions { get; init => field = value ?? []; } = [];

    /// <summary>State of each container.</summary>
    [Proto(8), Atomic]
    public IReadOnlyList<ContainerStatus> ContainerStatuses { get; init => field = value ?? []; } = [];

    /// <summary>State of each ephemeral container.</summary>
    [Proto(13), Atomic]
    public IReadOnlyList<ContainerStatus> EphemeralContainerStatuses { get; init => field = value ?? []; } = [];

    /// <summary>Address of the node; empty until the pod is placed.</summary>
    [Proto(5)]
    public string? HostIP { get; init; }

    /// <summary>All addresses of the node; the first equals HostIP.</summary>
    [Proto(16), Atomic, PatchMerge("ip")]
    public IReadOnlyList<HostIP> HostIPs { get; init => field = value ?? []; } = [];

    /// <summary>State of each init container, in order.</summary>
    [Proto(10), Atomic]
    public IReadOnlyList<ContainerStatus> InitContainerStatuses { get; init => field = value ?? []; } = [];

    /// <summary>Why the pod is in this phase, for people.</summary>
    [Proto(3)]
    public string? Message { get; init; }

    /// <summary>Node where room is being made for this pod by pushing out others.</summary>
    [Proto(11)]
    public string? NominatedNodeName { get; init; }

    /// <summary>Where the pod stands in its life: <c>Pending</c>, <c>Running</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Unknown</c>.</summary>
    [Proto(1), OneOf("Failed", "Pending", "Running", "Succeeded", "Unknown")]
    public string? Phase { get; init; }

    /// <summary>Address of the pod; empty until it has one.</summary>
    [Proto(6)]
    public string? PodIP { get; init; }

    /// <summary>All addresses of the pod, at most one of each family; the first equals PodIP.</summary>
    [Proto(12), ListMap("ip"), PatchMerge("ip")]
    public IReadOnlyList<PodIP> PodIPs { get; init => field = value ?? []; } = [];

    /// <summary><c>Guaranteed</c>, <c>Burstable</c> or <c>BestEffort</c>, by the requests and limits; fixed at creation.</summary>
    [Proto(9), OneOf("BestEffort", "Burstable", "Guaranteed")]
    public string? QosClass { get; init; }

    /// <summary>Why the pod is in this phase, as a CamelCase word such as <c>Evicted</c>.</summary>
    [Proto(4)]
    public string? Reason { get; init; }

    /// <summary>How far a change of resources has got: empty, <c>Proposed</c>, <c>InProgress</c>, <c>Deferred</c> or <c>Infeasible</c>.</summary>
    [Proto(14)]
    public string? Resize { get; init; }

    /// <summary>Claims that were made for the pod.</summary>
    [Proto(15), ListMap("name"), PatchMerge("name"), PatchRetainKeys]
    public IReadOnlyList<PodResourceClaimStatus> ResourceClaimStatuses { get; init => field = value ?? []; } = [];

    /// <summary>When the kubelet took the pod over, before any image was pulled.</summary>
    [Proto(7), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? StartTime { get; init; }
}
