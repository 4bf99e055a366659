using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>A room for names: objects of different namespaces may share a name, and end with their namespace.</summary>
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

    /// <summary>Name, labels and bookkeeping; the name must be a DNS label.</summary>
    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>Finalizers of the contents.</summary>
    [Proto(2)]
    public NamespaceSpec? Spec { get; init; }

    /// <summary>Whether it lives or ends.</summary>
    [Proto(3)]
    public NamespaceStatus? Status { get; init; }
}
