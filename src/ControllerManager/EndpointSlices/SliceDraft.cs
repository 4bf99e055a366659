using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.ControllerManager.EndpointSlices;

/// <summary>A slice while it is being filled: an existing one, or one to be made.</summary>
internal sealed class SliceDraft(EndpointSlice? existing, string addressType, IReadOnlyList<EndpointPort> ports, List<Endpoint> endpoints)
{
    /// <summary>The slice as it is; null for a new one.</summary>
    public EndpointSlice? Existing { get; } = existing;

    /// <summary>The endpoints that the slice will hold.</summary>
    public List<Endpoint> Endpoints { get; } = endpoints;

    /// <summary>Takes endpoints from the front of the pool until the slice is full.</summary>
    public void Fill(Queue<Endpoint> pool, int max)
    {
        while (Endpoints.Count < max && pool.TryDequeue(out var endpoint)) Endpoints.Add(endpoint);
    }

    /// <summary>The slice to create under a new name.</summary>
    public EndpointSlice ToCreate(SliceOwner owner, string name) => Build(owner, null, name);

    /// <summary>The slice to write over <paramref name="target"/>.</summary>
    public EndpointSlice ToUpdate(SliceOwner owner, EndpointSlice target) => Build(owner, target, target.Metadata.Name ?? "");

    private EndpointSlice Build(SliceOwner owner, EndpointSlice? target, string name) => new()
    {
        Metadata = owner.MetadataFor(target, name), AddressType = addressType, Ports = ports, Endpoints = Endpoints,
    };
}
