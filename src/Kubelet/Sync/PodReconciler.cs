using System.Collections.Concurrent;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Observation;
using MiniK8s.Kubelet.Planning;
using MiniK8s.Kubelet.Probing;
using MiniK8s.Kubelet.Status;
using MiniK8s.Runtime.Controllers;

namespace MiniK8s.Kubelet.Sync;

/// <summary>
/// Makes one pod name right: tears down what earlier pods of the name left, then observes, plans and executes for the pod that has
/// it now, and shows in its status what came of it.
/// </summary>
internal sealed class PodReconciler(PodReconcilerParts parts, KubeletOptions options, TimeProvider clock) : IReconciler
{
    // A plan that asks to look again at once (a new sandbox, then its containers) goes on in the same run, but not for ever.
    private const int MostRounds = 4;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WithoutEngine = TimeSpan.FromSeconds(2);

    // Whose traces are in the memories of the parts, so that they can be dropped when the name is given up or passes to another pod.
    private readonly ConcurrentDictionary<ObjectKey, string> uids = new();

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await SyncAsync(key, cancellationToken);
        }
        catch (DockerUnavailableException)
        {
            // The node's condition tells of it; saying so for every pod as well would only bury it.
            return ReconcileResult.After(WithoutEngine);
        }
    }

    private async Task<ReconcileResult> SyncAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var pod = parts.Pods.Get(key) is { } cached && cached.Spec?.NodeName == options.NodeName ? parts.Api.Newest(cached) : null;
        Remember(key, pod?.Metadata.Uid);
        var observed = await parts.Observer.ObserveAsync(key, cancellationToken);
        foreach (var other in observed.Where(other => other.Uid != pod?.Metadata.Uid)) await RemoveAsync(other, cancellationToken);
        return pod is null ? ReconcileResult.Done : await SyncAsync(pod, Own(pod, observed), cancellationToken);
    }

    private async Task<ReconcileResult> SyncAsync(Pod pod, ObservedPod own, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            var plan = Plan(pod, own);
            if (plan.Commands is [.., PodCommand.ConfirmDeletion])
            {
                // How its containers ended is worth knowing to whoever watches it go, or holds it by a finalizer.
                await WriteStatusAsync(pod, own, cancellationToken);
                await parts.Executor.ExecuteAsync(pod, own, plan, cancellationToken);
                return ReconcileResult.Done;
            }

            if (plan.Commands.Count > 0)
            {
                await parts.Executor.ExecuteAsync(pod, own, plan, cancellationToken);
                own = Own(pod, await parts.Observer.ObserveAsync(ObjectKey.Of(pod), cancellationToken));
            }

            parts.Probes.Track(pod, own);
            await WriteStatusAsync(pod, own, cancellationToken);
            pod = parts.Api.Newest(pod);
            if (plan.LookAgain != TimeSpan.Zero || round == MostRounds) return Next(pod, own);
        }
    }

    private ReconcileResult Next(Pod pod, ObservedPod own)
    {
        var plan = Plan(pod, own);
        if (plan.Commands.Count > 0 && !parts.Executor.IsUnderWay(plan)) return ReconcileResult.After(Soon);
        return plan.LookAgain is { } delay ? ReconcileResult.After(delay > Soon ? delay : Soon) : ReconcileResult.Done;
    }

    private PodPlan Plan(Pod? pod, ObservedPod observed) => PodPlanner.Plan(pod, observed, parts.Executor.FailuresOf(observed.Uid), clock.GetUtcNow());

    private static ObservedPod Own(Pod pod, IReadOnlyList<ObservedPod> observed) =>
        observed.FirstOrDefault(known => known.Uid == pod.Metadata.Uid) ?? new(pod.Metadata.Uid ?? "", pod.Metadata.Namespace ?? "", pod.Metadata.Name ?? "", []);

    private Task RemoveAsync(ObservedPod other, CancellationToken cancellationToken) =>
        parts.Executor.ExecuteAsync(null, other, Plan(null, other), cancellationToken);

    private void Remember(ObjectKey key, string? uid)
    {
        if (uids.TryGetValue(key, out var before) && before != uid)
        {
            parts.Probes.Forget(before);
            parts.Api.Forget(before);
            parts.Executor.Forget(before);
        }

        if (uid is null) uids.TryRemove(key, out _);
        else uids[key] = uid;
    }

    private Task WriteStatusAsync(Pod pod, ObservedPod own, CancellationToken cancellationToken)
    {
        var observation = new PodObservation(own, parts.Executor.FailuresOf(own.Uid), parts.Probes.StatesOf(own.Uid), options.NodeAddress);
        return parts.Api.WriteStatusAsync(pod, current => PodStatusBuilder.Build(current, observation, clock.GetUtcNow()), cancellationToken);
    }
}

/// <summary>What the reconciler works with.</summary>
internal sealed record PodReconcilerParts(ICache<Pod> Pods, EngineObserver Observer, PodExecutor Executor, PodApi Api, ProbeManager Probes);
