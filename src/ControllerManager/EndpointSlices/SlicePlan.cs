using MiniK8s.Api.Discovery.V1;
using MiniK8s.ControllerManager.EndpointSlices.Topology;

namespace MiniK8s.ControllerManager.EndpointSlices;

/// <summary>The writes that bring the slices of one Service to what they should be.</summary>
internal sealed record SlicePlan(
    IReadOnlyList<EndpointSlice> Create, IReadOnlyList<EndpointSlice> Update, IReadOnlyList<EndpointSlice> Delete)
{
    /// <summary>What became of the Service's wish for hints by zone, for each family; empty where it has none.</summary>
    public IReadOnlyList<HintVerdict> Hints { get; init; } = [];

    /// <summary>Nothing to write.</summary>
    public bool IsEmpty => Create.Count + Update.Count + Delete.Count == 0;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join("; ", Create.Select(s => Line("create", s)).Concat(Update.Select(s => Line("update", s))).Concat(Delete.Select(s => Line("delete", s))));

    private static string Line(string verb, EndpointSlice slice) => $"{verb} {slice.Metadata.Name} {slice.AddressType} with {slice.Endpoints.Count}";
}

/// <summary>Endpoints of one address family that share one list of ports: what slices are cut from.</summary>
/// <param name="AddressType"><c>IPv4</c> or <c>IPv6</c>.</param>
/// <param name="Ports">The ports.</param>
/// <param name="Endpoints">The endpoints, in the order in which new slices take them.</param>
internal sealed record EndpointGroup(string AddressType, IReadOnlyList<EndpointPort> Ports, IReadOnlyList<Endpoint> Endpoints);
