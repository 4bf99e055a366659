using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>The decision of a scheduler: this pod goes to that node. Written through subresource binding.</summary>
public sealed record Binding : IResource<Binding>
{
    /// <inheritdoc/>
    public static KindInfo Info { get; } = new("", "v1", "Binding", "bindings", "binding", true);

    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "Binding";

    /// <inheritdoc/>
    public Binding WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    /// <summary>Name and namespace of the pod.</summary>
    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>The node.</summary>
    [Proto(2), Required]
    public ObjectReference Target { get; init => field = value ?? new(); } = new();
}
