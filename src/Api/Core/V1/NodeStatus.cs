using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>What a node's kubelet reports about its machine.</summary>
public sealed record NodeStatus
{
    /// <summary>Addresses and names of the machine.</summary>
    [Proto(5), ListMap("type"), PatchMerge("type")]
    public IReadOnlyList<NodeAddress> Addresses { get; init => field = value ?? []; } = [];

    /// <summary>Resources that pods may use: capacity less what the system keeps.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity> Allocatable { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();

    /// <summary>Resources of the machine.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity> Capacity { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();

    /// <summary>Health, such as Ready and DiskPressure; one of each type.</summary>
    [Proto(4), ListMap("type"), PatchMerge("type")]
    public IReadOnlyList<NodeCondition> Conditions { get; init => field = value ?? []; } = [];

    /// <summary>Obsolete: state of dynamic kubelet configuration, gone from Kubernetes.</summary>
    [Proto(11)]
    public NodeConfigStatus? Config { get; init; }

    /// <summary>Ports of the node's daemons.</summary>
    [Proto(6)]
    public NodeDaemonEndpoints? DaemonEndpoints { get; init; }

    /// <summary>Features of the node's runtime.</summary>
    [Proto(13)]
    public NodeFeatures? Features { get; init; }

    /// <summary>Images that the node holds.</summary>
    [Proto(8), Atomic]
    public IReadOnlyList<ContainerImage> Images { get; init => field = value ?? []; } = [];

    /// <summary>Versions and ids of machine and software.</summary>
    [Proto(7)]
    public NodeSystemInfo? NodeInfo { get; init; }

    /// <summary>Obsolete; never set.</summary>
    [Proto(3), OneOf("Pending", "Running", "Terminated")]
    public string? Phase { get; init; }

    /// <summary>Runtime handlers that the node offers.</summary>
    [Proto(12), Atomic]
    public IReadOnlyList<NodeRuntimeHandler> RuntimeHandlers { get; init => field = value ?? []; } = [];

    /// <summary>Volumes attached to the machine.</summary>
    [Proto(10), Atomic]
    public IReadOnlyList<AttachedVolume> VolumesAttached { get; init => field = value ?? []; } = [];

    /// <summary>Volumes that are attached and mounted, so must not be taken away.</summary>
    [Proto(9), Atomic]
    public IReadOnlyList<string> VolumesInUse { get; init => field = value ?? []; } = [];
}
