using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Coordination.V1;

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

    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    [Proto(2)]
    public LeaseSpec? Spec { get; init; }
}
