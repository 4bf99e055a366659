using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.EndpointSlices.Topology;

/// <summary>
/// What hints by zone need to know beyond their Service: the shares of the zones, and which Services are to be looked at again when
/// those change. It follows the caches, so that a node's heartbeat costs one comparison. Thread-safe.
/// </summary>
internal sealed class TopologyIndex
{
    private readonly Lock gate = new();
    private readonly HashSet<ObjectKey> services = [];
    private readonly Dictionary<string, NodeCapacity> nodes = [];
    private ZoneShares? shares;

    /// <summary>The shares of the zones as the nodes are now.</summary>
    public ZoneShares Shares
    {
        get
        {
            // Made when they are asked for: at the start every node is a change.
            lock (gate) return shares ??= ZoneShares.Of(nodes.Values);
        }
    }

    /// <summary>Takes a change of a Service in.</summary>
    public void Observe(CacheChange<Service> change)
    {
        lock (gate)
        {
            if (change.Current is { SelectsPods: true, WantsZoneHints: true }) services.Add(change.Key);
            else services.Remove(change.Key);
        }
    }

    /// <summary>
    /// Takes a change of a node in: the Services that ask for hints, if the node counts otherwise than before. Kubernetes looks at
    /// readiness and zone only, and at those Services only that an old allocation would overload; so hints go on by CPU that is gone,
    /// and a Service that was refused stays so until one of its pods changes.
    /// </summary>
    public IReadOnlyList<ObjectKey> Touched(CacheChange<Node> change)
    {
        var now = NodeCapacity.Of(change.Current);
        lock (gate)
        {
            if (nodes.GetValueOrDefault(change.Key.Name) == now) return [];
            if (now is null) nodes.Remove(change.Key.Name);
            else nodes[change.Key.Name] = now;
            shares = null;
            return [.. services];
        }
    }
}
