using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Health;

/// <summary>
/// Whether the proxy keeps up: unhealthy when a change of either family has waited longer than two sync periods. Before the first
/// sync it is healthy, for it may be waiting for the API.
/// </summary>
internal sealed class SyncHealth(TimeSpan limit, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<IpFamily, long> waitingSince = [];

    /// <summary>When a sync last succeeded; the time of the start before the first.</summary>
    public DateTimeOffset LastUpdated { get; private set; } = clock.GetUtcNow();

    /// <summary>Whether the node is going away, so that load balancers should send it nothing new.</summary>
    public bool NodeIsBeingDeleted { get; set; }

    public bool IsHealthy
    {
        get
        {
            lock (gate) return waitingSince.Values.All(since => clock.GetElapsedTime(since) <= limit * 2);
        }
    }

    /// <summary>A change waits for a family's rules.</summary>
    public void Queued(IpFamily family)
    {
        lock (gate) waitingSince.TryAdd(family, clock.GetTimestamp());
    }

    /// <summary>A sync of a family's rules succeeded.</summary>
    public void Synced(IpFamily family)
    {
        lock (gate)
        {
            waitingSince.Remove(family);
            LastUpdated = clock.GetUtcNow();
        }
    }
}
