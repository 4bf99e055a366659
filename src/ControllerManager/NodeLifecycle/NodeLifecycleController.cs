using MiniK8s.Api;
using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Feeds;
using MiniK8s.Client.Rest;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.Runtime.Controllers;
using MiniK8s.Runtime.Events;

namespace MiniK8s.ControllerManager.NodeLifecycle;

/// <summary>
/// Notices nodes that fell silent, says so in their conditions and taints, and takes their pods out of Services. What a node that
/// is back says of itself is left to its kubelet; the taints go.
/// </summary>
internal sealed class NodeLifecycleController(
    IApiClient client, NodeLifecycleController.Views views, ControllerManagerOptions options, TimeProvider clock, EventRecorder events) : IReconciler
{
    /// <summary>Where kubelets keep the leases that they renew.</summary>
    internal static readonly FeedScope NodeLeases = new("kube-node-lease");

    private readonly Heartbeats heartbeats = new(clock);

    /// <summary>What the controller reads.</summary>
    internal sealed record Views(ICache<Node> Nodes, ICache<Lease> Leases, ICache<Pod> Pods);

    /// <summary>The controller with its watches.</summary>
    public static Controller Build(ControllerParts parts)
    {
        var views = new Views(parts.Cache<Node>(), parts.Cache<Lease>(NodeLeases), parts.Cache<Pod>());
        var controller = new NodeLifecycleController(parts.Client, views, parts.Options, parts.Clock, parts.Events);
        return parts.Host("node-lifecycle", controller)
            .Watch(views.Nodes)
            .Watch(views.Leases, change => [new ObjectKey("", change.Key.Name)])
            .Watch(views.Pods, controller.OnSilentNode);
    }

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (views.Nodes.Get(key) is not { } node)
        {
            heartbeats.Forget(key.Name);
            return ReconcileResult.Done;
        }

        var silence = heartbeats.Silence(node, views.Leases.Get(new ObjectKey(NodeLeases.Namespace!, key.Name)));
        var plan = NodeHealthPlanner.Plan(node, silence, options.NodeMonitorGracePeriod, clock.GetUtcNow());
        if (plan.Conditions is { } conditions)
        {
            node = await client.UpdateAsync(node with { Status = (node.Status ?? new NodeStatus()) with { Conditions = conditions } }, "status", cancellationToken);
            events.Record(node.Reference, EventRecorder.Normal, "NodeNotReady", $"Node {node.Name} status is now: NodeNotReady");
        }

        if (plan.Taints is { } taints)
        {
            await client.UpdateAsync(node with { Spec = (node.Spec ?? new NodeSpec()) with { Taints = taints } }, cancellationToken: cancellationToken);
        }

        if (plan.MarkPodsNotReady) await MarkPodsAsync(node, cancellationToken);
        return plan.LookAgain is { } delay ? ReconcileResult.After(delay) : ReconcileResult.Done;
    }

    private async Task MarkPodsAsync(Node node, CancellationToken cancellationToken)
    {
        foreach (var pod in views.Pods.List().Where(p => p.NodeName == node.Name && p.IsReady))
        {
            // The kubelet sets it again when it is back.
            var ready = pod.Status!.Conditions.First(c => c.Type == "Ready");
            await client.SetConditionAsync(pod, ready with { Status = "False", LastTransitionTime = clock.GetUtcNow() }, cancellationToken);
            events.Record(pod, EventRecorder.Warning, "NodeNotReady", "Node is not ready");
        }
    }

    /// <summary>A pod that shows up as ready on a node that says nothing any more is looked at as well.</summary>
    private IEnumerable<ObjectKey> OnSilentNode(CacheChange<Pod> change)
    {
        if (change.Current is not { NodeName.Length: > 0, IsReady: true } pod) return [];
        var key = new ObjectKey("", pod.NodeName);
        return views.Nodes.Get(key)?.ReadyStatus == "Unknown" ? [key] : [];
    }
}
