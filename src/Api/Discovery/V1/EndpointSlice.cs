using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Discovery.V1;

/// <summary>A part of the endpoints of a Service, small enough that a change costs little; a label names the Service.</summary>
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

    /// <summary>Form of all addresses in the slice: <c>IPv4</c>, <c>IPv6</c> or <c>FQDN</c>. Fixed at creation.</summary>
    [Proto(4), Required, OneOf("FQDN", "IPv4", "IPv6")]
    public string AddressType { get; init => field = value ?? ""; } = "";

    /// <summary>The endpoints; at most 1000.</summary>
    [Proto(2), Required, Atomic]
    public IReadOnlyList<Endpoint> Endpoints { get; init => field = value ?? []; } = [];

    /// <summary>Name, namespace, labels and bookkeeping; label kubernetes.io/service-name names the Service.</summary>
    [Proto(1)]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>Ports that every endpoint of the slice serves; at most 100.</summary>
    [Proto(3), Atomic]
    public IReadOnlyList<EndpointPort> Ports { get; init => field = value ?? []; } = [];
}
