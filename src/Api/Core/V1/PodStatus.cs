using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record PodStatus
{
    [Proto(2), ListMap("type"), PatchMerge("type")]
    public IReadOnlyList<PodCondition> Conditions { get; init => field = value ?? []; } = [];

    [Proto(8), Atomic]
    public IReadOnlyList<ContainerStatus> ContainerStatuses { get; init => field = value ?? []; } = [];

    [Proto(13), Atomic]
    public IReadOnlyList<ContainerStatus> EphemeralContainerStatuses { get; init => field = value ?? []; } = [];

    [Proto(5)]
    public string? HostIP { get; init; }

    [Proto(16), Atomic, PatchMerge("ip")]
    public IReadOnlyList<HostIP> HostIPs { get; init => field = value ?? []; } = [];

    [Proto(10), Atomic]
    public IReadOnlyList<ContainerStatus> InitContainerStatuses { get; init => field = value ?? []; } = [];

    [Proto(3)]
    public string? Message { get; init; }

    [Proto(11)]
    public string? NominatedNodeName { get; init; }

    [Proto(1), OneOf("Failed", "Pending", "Running", "Succeeded", "Unknown")]
    public string? Phase { get; init; }

    [Proto(6)]
    public string? PodIP { get; init; }

    [Proto(12), ListMap("ip"), PatchMerge("ip")]
    public IReadOnlyList<PodIP> PodIPs { get; init => field = value ?? []; } = [];

    [Proto(9), OneOf("BestEffort", "Burstable", "Guaranteed")]
    public string? QosClass { get; init; }

    [Proto(4)]
    public string? Reason { get; init; }

    [Proto(14)]
    public string? Resize { get; init; }

    [Proto(15), ListMap("name"), PatchMerge("name"), PatchRetainKeys]
    public IReadOnlyList<PodResourceClaimStatus> ResourceClaimStatuses { get; init => field = value ?? []; } = [];

    [Proto(7), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? StartTime { get; init; }
}
