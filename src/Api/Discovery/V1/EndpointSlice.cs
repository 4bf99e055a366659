using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Discovery.V1;

public sealed record EndpointSlice : IResource<EndpointSlice>
{
    /// <inheritdoc/>
    public static KindInfo Info { get; } = new("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", "endpointslice", true);

    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "discovery.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "EndpointSlice";

    /// <inheritdoc/>
    public EndpointSlice WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    [Proto(4), Required, OneOf("FQDN", "IPv4", "IPv6")]
    public string AddressType { get; init => field = value ?? ""; } = "";

    [Proto(2), Required, Atomic]
    public IReadOnlyList<Endpoint> Endpoints { get; init => field = value ?? []; } = [];

    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    [Proto(3), Atomic]
    public IReadOnlyList<EndpointPort> Ports { get; init => field = value ?? []; } = [];
}
