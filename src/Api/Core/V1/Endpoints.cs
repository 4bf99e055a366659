using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>All addresses behind a Service in one object; the older form of EndpointSlice, kept for clients that read it.</summary>
public sealed record Endpoints : IResource<Endpoints>
{
    /// <inheritdoc/>
    public static KindInfo Info { get; } = new("", "v1", "Endpoints", "endpoints", "endpoints", true) { ShortNames = ["ep"] };

    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "Endpoints";

    /// <inheritdoc/>
    public Endpoints WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    /// <summary>Name, namespace, labels and bookkeeping; the name is that of the Service.</summary>
    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>Groups of addresses that share the same ports.</summary>
    [Proto(2), Atomic]
    public IReadOnlyList<EndpointSubset> Subsets { get; init => field = value ?? []; } = [];
}
