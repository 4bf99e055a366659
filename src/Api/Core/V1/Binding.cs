using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

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

    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    [Proto(2), Required]
    public ObjectReference Target { get; init => field = value ?? new(); } = new();
}
