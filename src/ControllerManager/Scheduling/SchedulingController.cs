using System.Collections.Concurrent;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Rest;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.Runtime.Controllers;
using MiniK8s.Runtime.Events;

namespace MiniK8s.ControllerManager.Scheduling;

/// <summary>Binds pods that name no node to one. A pod that fits nowhere waits until a node changes or a pod leaves one.</summary>
internal sealed class SchedulingController(
    IApiClient client, ICache<Pod> pods, ClusterLoad cluster, EventRecorder events, PodScheduledWriter conditions) : IReconciler
{
    /// <summary>The name by which pods ask for this scheduler; the default one.</summary>
    public const string SchedulerName = "default-scheduler";

    /// <summary>When a waiting pod is looked at again although nothing changed.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ObjectKey, bool> waiting = new();

    /// <summary>The controller with its watches.</summary>
    public static Controller Build(ControllerParts parts)
    {
        var cluster = new ClusterLoad();
        var controller = new SchedulingController(
            parts.Client, parts.Cache<Pod>(), cluster, parts.Events, new PodScheduledWriter(parts.Client, parts.Clock));
        return parts.Host("scheduler", controller, workers: 4)
            .Watch(parts.Cache<Node>(), change =>
            {
                cluster.Observe(change);
                return NodeChanges.MayHelp(change) ? controller.waiting.Keys : [];
            })
            .Watch(parts.Cache<Pod>(), change =>
            {
                cluster.Observe(change);
                var keys = IsForUs(change.Current) ? [change.Key] : Enumerable.Empty<ObjectKey>();
                return LeftItsNode(change) ? keys.Concat(controller.waiting.Keys) : keys;
            });
    }

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        waiting.TryRemove(key, out _);
        if (pods.Get(key) is not { } pod || !IsForUs(pod) || cluster.IsPlaced(key)) return ReconcileResult.Done;
        if (pod.Spec?.SchedulingGates.Count > 0)
        {
            await conditions.WriteAsync(pod, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates", cancellationToken);
            return ReconcileResult.Done;
        }

        // Waiting before the decision: a node that changes during it must find the pod among those that wait.
        waiting[key] = true;
        var plan = cluster.PlanAndAssume(pod);
        if (plan is SchedulingPlan.Unschedulable { Message: var message })
        {
            events.Record(pod, EventRecorder.Warning, "FailedScheduling", message);
            await conditions.WriteAsync(pod, "Unschedulable", message, cancellationToken);
            return ReconcileResult.After(LookAgain);
        }

        waiting.TryRemove(key, out _);
        await BindAsync(pod, ((SchedulingPlan.Bind)plan).NodeName, cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task BindAsync(Pod pod, string nodeName, CancellationToken cancellationToken)
    {
        var (key, metadata) = (ObjectKey.Of(pod), pod.Metadata);
        var binding = new Binding
        {
            Metadata = new ObjectMeta { Namespace = metadata.Namespace, Name = metadata.Name, Uid = metadata.Uid },
            Target = new ObjectReference { Kind = Node.Info.Kind, Name = nodeName },
        };
        try
        {
            await client.CreateSubresourceAsync<Pod, Binding>(metadata.Namespace, metadata.Name ?? "", "binding", binding, cancellationToken);
        }
        catch (ApiException refusal) when (refusal.IsNotFound)
        {
            cluster.Forget(key);
            return;
        }
        catch
        {
            // Perhaps it was bound all the same: the next look at the cache tells, and until then the place is not kept.
            cluster.Forget(key);
            throw;
        }

        events.Record(pod, EventRecorder.Normal, "Scheduled", $"Successfully assigned {key} to {nodeName}");
    }

    private static bool IsForUs(Pod? pod) =>
        pod is { IsFinished: false, IsTerminating: false, NodeName.Length: 0, Spec: { } spec } && (spec.SchedulerName ?? SchedulerName) is "" or SchedulerName;

    private static bool LeftItsNode(CacheChange<Pod> change) =>
        change.Previous is { IsFinished: false, NodeName.Length: > 0 } && change.Current is null or { IsFinished: true };
}
