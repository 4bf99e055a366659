using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

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

    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    [Proto(2)]
    public NodeSpec? Spec { get; init; }

    [Proto(3)]
    public NodeStatus? Status { get; init; }
}
