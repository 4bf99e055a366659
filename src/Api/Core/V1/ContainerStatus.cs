using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>What became of one container of a pod.</summary>
public sealed record ContainerStatus
{
    /// <summary>Requests that the node has set aside for it.</summary>
    [Proto(10)]
    public IReadOnlyDictionary<string, Quantity> AllocatedResources { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();

    /// <summary>Health of the devices given to it.</summary>
    [Proto(14), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<ResourceStatus> AllocatedResourcesStatus { get; init => field = value ?? []; } = [];

    /// <summary>Runtime and id, as <c>docker://id</c>.</summary>
    [Proto(8)]
    public string? ContainerID { get; init; }

    /// <summary>Image that runs, by the name that the runtime gives it.</summary>
    [Proto(6), Required]
    public string Image { get; init => field = value ?? ""; } = "";

    /// <summary>Image that runs, by its digest or id.</summary>
    [Proto(7), Required]
    public string ImageID { get; init => field = value ?? ""; } = "";

    /// <summary>How it ended the last time; empty if it never did.</summary>
    [Proto(3)]
    public ContainerState? LastState { get; init; }

    /// <summary>Name of the container in the spec.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Whether its readiness test passes; true without a test once started.</summary>
    [Proto(4), Required]
    public bool Ready { get; init; }

    /// <summary>Requests and limits in force.</summary>
    [Proto(11)]
    public ResourceRequirements? Resources { get; init; }

    /// <summary>How many times it was restarted.</summary>
    [Proto(5), Required]
    public int RestartCount { get; init; }

    /// <summary>Whether it has passed its startup test, or has none; null means unknown.</summary>
    [Proto(9), ZeroCounts]
    public bool? Started { get; init; }

    /// <summary>Where it stands now.</summary>
    [Proto(2)]
    public ContainerState? State { get; init; }

    /// <summary>User and groups that its first process runs as.</summary>
    [Proto(13)]
    public ContainerUser? User { get; init; }

    /// <summary>State of its mounts.</summary>
    [Proto(12), ListMap("mountPath"), PatchMerge("mountPath")]
    public IReadOnlyList<VolumeMountStatus> VolumeMounts { get; init => field = value ?? []; } = [];
}
