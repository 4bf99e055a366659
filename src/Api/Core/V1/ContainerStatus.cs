using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record ContainerStatus
{
    [Proto(10)]
    public IReadOnlyDictionary<string, Quantity> AllocatedResources { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();

    [Proto(14), ListMap("name"), PatchMerge("name")]
    public IReadOnlyList<ResourceStatus> AllocatedResourcesStatus { get; init => field = value ?? []; } = [];

    [Proto(8)]
    public string? ContainerID { get; init; }

    [Proto(6), Required]
    public string Image { get; init => field = value ?? ""; } = "";

    [Proto(7), Required]
    public string ImageID { get; init => field = value ?? ""; } = "";

    [Proto(3)]
    public ContainerState? LastState { get; init; }

    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(4), Required]
    public bool Ready { get; init; }

    [Proto(11)]
    public ResourceRequirements? Resources { get; init; }

    [Proto(5), Required]
    public int RestartCount { get; init; }

    [Proto(9), ZeroCounts]
    public bool? Started { get; init; }

    [Proto(2)]
    public ContainerState? State { get; init; }

    [Proto(13)]
    public ContainerUser? User { get; init; }

    [Proto(12), ListMap("mountPath"), PatchMerge("mountPath")]
    public IReadOnlyList<VolumeMountStatus> VolumeMounts { get; init => field = value ?? []; } = [];
}
