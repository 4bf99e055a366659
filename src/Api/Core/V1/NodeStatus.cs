using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeStatus
{
    [Proto(5), ListMap("type"), PatchMerge("type")]
    public IReadOnlyList<NodeAddress> Addresses { get; init => field = value ?? []; } = [];

    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity> Allocatable { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();

    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity> Capacity { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();

    [Proto(4), ListMap("type"), PatchMerge("type")]
    public IReadOnlyList<NodeCondition> Conditions { get; init => field = value ?? []; } = [];

    [Proto(11)]
    public NodeConfigStatus? Config { get; init; }

    [Proto(6)]
    public NodeDaemonEndpoints? DaemonEndpoints { get; init; }

    [Proto(13)]
    public NodeFeatures? Features { get; init; }

    [Proto(8), Atomic]
    public IReadOnlyList<ContainerImage> Images { get; init => field = value ?? []; } = [];

    [Proto(7)]
    public NodeSystemInfo? NodeInfo { get; init; }

    [Proto(3), OneOf("Pending", "Running", "Terminated")]
    public string? Phase { get; init; }

    [Proto(12), Atomic]
    public IReadOnlyList<NodeRuntimeHandler> RuntimeHandlers { get; init => field = value ?? []; } = [];

    [Proto(10), Atomic]
    public IReadOnlyList<AttachedVolume> VolumesAttached { get; init => field = value ?? []; } = [];

    [Proto(9), Atomic]
    public IReadOnlyList<string> VolumesInUse { get; init => field = value ?? []; } = [];
}
