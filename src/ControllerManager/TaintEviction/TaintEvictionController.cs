using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Rest;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.Runtime.Controllers;
using MiniK8s.Runtime.Events;

namespace MiniK8s.ControllerManager.TaintEviction;

/// <summary>Deletes pods from nodes whose NoExecute taints they do not bear any longer. The key is that of the node.</summary>
internal sealed class TaintEvictionController(
    IApiClient client, ICache<Node> nodes, ICache<Pod> pods, TimeProvider clock, EventRecorder events) : IReconciler
{
    /// <summary>How soon evictions that were put off are looked at again.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private readonly TaintClock taintClock = new(clock);

    /// <summary>The controller with its watches.</summary>
    public static Controller Build(ControllerParts parts)
    {
        var (nodes, pods) = (parts.Cache<Node>(), parts.Cache<Pod>());
        var controller = new TaintEvictionController(parts.Client, nodes, pods, parts.Clock, parts.Events);
        return parts.Host("taint-eviction", controller)
            .Watch(nodes)
            .Watch(pods, change => change.Current is { NodeName.Length: > 0 } pod && (change.Previous is null || change.Previous.NodeName != pod.NodeName)
                ? [new ObjectKey("", pod.NodeName)] : []);
    }

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (nodes.Get(key) is not { } node)
        {
            taintClock.Forget(key.Name);
            return ReconcileResult.Done;
        }

        var taints = taintClock.Since(node);
        if (taints.Count == 0) return ReconcileResult.Done;

        // When no node at all is heard of, it is this process that is cut off: nothing is gained by driving pods from node to node.
        // And a node that is back is not emptied for a taint that is about to go.
        var cutOff = nodes.List().All(n => !n.IsReady);
        var counted = cutOff || node.IsReady ? taints.Where(t => t.Taint.Key is not (WellKnown.UnreachableTaint or WellKnown.NotReadyTaint)).ToList() : taints;
        var (evict, next) = EvictionPlanner.Plan(counted, pods.List().Where(p => p.NodeName == node.Name), clock.GetUtcNow());
        foreach (var pod in evict)
        {
            events.Record(pod, EventRecorder.Normal, "TaintManagerEviction", $"Marking for deletion Pod {ObjectKey.Of(pod)}");
            await client.DeleteExactlyAsync(pod, null, cancellationToken);
        }

        if (cutOff && (next is null || next > LookAgain)) next = LookAgain;
        return next is { } delay ? ReconcileResult.After(delay) : ReconcileResult.Done;
    }
}
