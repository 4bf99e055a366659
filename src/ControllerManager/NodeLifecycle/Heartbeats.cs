using System.Collections.Concurrent;
using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.NodeLifecycle;

/// <summary>
/// When each node was last heard of, by this process' own clock: a change of the lease or of the status counts, whatever time
/// stands in it, so that a node with a wrong clock is neither lost nor kept. After a restart every node has its full grace again.
/// </summary>
internal sealed class Heartbeats(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Heard> nodes = new();

    /// <summary>Takes in what is there now, and says how long the node has been silent.</summary>
    public TimeSpan Silence(Node node, Lease? lease)
    {
        var beat = new Beat(lease?.Spec?.RenewTime, node.Condition("Ready")?.LastHeartbeatTime, node.Metadata.Uid);
        var heard = nodes.AddOrUpdate(
            node.Name, _ => new Heard(beat, clock.GetTimestamp()), (_, last) => last.Beat == beat ? last : new Heard(beat, clock.GetTimestamp()));
        return clock.GetElapsedTime(heard.Timestamp);
    }

    /// <summary>Forgets a node that is gone.</summary>
    public void Forget(string node) => nodes.TryRemove(node, out _);

    private readonly record struct Beat(DateTimeOffset? Lease, DateTimeOffset? Status, string? Uid);

    private readonly record struct Heard(Beat Beat, long Timestamp);
}
