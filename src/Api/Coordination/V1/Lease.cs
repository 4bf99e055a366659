using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Coordination.V1;

/// <summary>A claim that expires unless renewed: elects leaders and carries the heartbeat of nodes.</summary>
public sealed record Lease : IResource<Lease>
{
    /// <inheritdoc/>
    public static KindInfo Info { get; } = new("coordination.k8s.io", "v1", "Lease", "leases", "lease", true);

    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "coordination.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "Lease";

    /// <inheritdoc/>
    public Lease WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    /// <summary>Name, namespace, labels and bookkeeping.</summary>
    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>Who holds the lease, and until when.</summary>
    [Proto(2)]
    public LeaseSpec? Spec { get; init; }
}
