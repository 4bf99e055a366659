using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

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

    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    [Proto(2), Atomic]
    public IReadOnlyList<EndpointSubset> Subsets { get; init => field = value ?? []; } = [];
}
