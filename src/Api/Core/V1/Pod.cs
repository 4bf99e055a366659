using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>Containers that run together on one node and share its network, and what became of them.</summary>
public sealed record Pod : IResource<Pod>
{
    /// <inheritdoc/>
    public static KindInfo Info { get; } = new("", "v1", "Pod", "pods", "pod", true) { ShortNames = ["po"], Categories = ["all"] };

    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "Pod";

    /// <inheritdoc/>
    public Pod WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    /// <summary>Name, namespace, labels and bookkeeping.</summary>
    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>What shall run, and how.</summary>
    [Proto(2)]
    public PodSpec? Spec { get; init; }

    /// <summary>What runs now, as the kubelet sees it.</summary>
    [Proto(3)]
    public PodStatus? Status { get; init; }
}
