using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

public sealed record Namespace : IResource<Namespace>
{
    /// <inheritdoc/>
    public static KindInfo Info { get; } = new("", "v1", "Namespace", "namespaces", "namespace", false) { ShortNames = ["ns"] };

    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "Namespace";

    /// <inheritdoc/>
    public Namespace WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    [Proto(2)]
    public NamespaceSpec? Spec { get; init; }

    [Proto(3)]
    public NamespaceStatus? Status { get; init; }
}
