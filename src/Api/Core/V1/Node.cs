using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>A machine that runs pods.</summary>
public sealed record Node : IResource<Node>
{
    /// <inheritdoc/>
    public static KindInfo Info { get; } = new("", "v1", "Node", "nodes", "node", false) { ShortNames = ["no"] };

    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "Node";

    /// <inheritdoc/>
    public Node WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    /// <summary>Name, labels and bookkeeping; nodes have no namespace.</summary>
    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>What others decide about the node.</summary>
    [Proto(2)]
    public NodeSpec? Spec { get; init; }

    /// <summary>What the node's kubelet reports.</summary>
    [Proto(3)]
    public NodeStatus? Status { get; init; }
}
