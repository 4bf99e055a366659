using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
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

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var pod = parts.Pods.Get(key) is { } cached && cached.Spec?.NodeName == options.NodeName ? parts.Api.Newest(cached) : null;
        var observed = await parts.Observer.ObserveAsync(key, cancellationToken);
        foreach (var other in observed.Where(other => other.Uid != pod?.Metadata.Uid)) await RemoveAsync(other, cancellationToken);
        if (pod is null) return ReconcileResult.Done;

        var own = observed.FirstOrDefault(known => known.Uid == pod.Metadata.Uid) ?? Empty(pod);
        for (var round = 1; ; round++)
        {
            var plan = PodPlanner.Plan(pod, own, parts.Executor.FailuresOf(own.Uid), clock.GetUtcNow());
            if (plan.Commands.Count > 0)
            {
                await parts.Executor.ExecuteAsync(pod, own, plan, cancellationToken);
                if (plan.Commands[^1] is PodCommand.ConfirmDeletion)
                {
                    parts.Probes.Forget(own.Uid);
                    return ReconcileResult.Done;
                }

                own = (await parts.Observer.ObserveAsync(key, cancellationToken)).FirstOrDefault(known => known.Uid == pod.Metadata.Uid) ?? Empty(pod);
            }

            parts.Probes.Track(pod, own);
            await WriteStatusAsync(pod, own, cancellationToken);
            pod = parts.Api.Newest(pod);
            if (plan.LookAgain != TimeSpan.Zero || round == MostRounds) return Next(pod, own);
        }
    }

    private static ObservedPod Empty(Pod pod) => new(pod.Metadata.Uid ?? "", pod.Metadata.Namespace ?? "", pod.Metadata.Name ?? "", []);

    private ReconcileResult Next(Pod pod, ObservedPod own)
    {
        var plan = PodPlanner.Plan(pod, own, parts.Executor.FailuresOf(own.Uid), clock.GetUtcNow());
        if (plan.Commands.Count > 0) return ReconcileResult.After(TimeSpan.FromMilliseconds(200));
        return plan.LookAgain is { } delay ? ReconcileResult.After(delay) : ReconcileResult.Done;
    }

    private async Task RemoveAsync(ObservedPod other, CancellationToken cancellationToken)
    {
        await parts.Executor.ExecuteAsync(null, other, PodPlanner.Plan(null, other, parts.Executor.FailuresOf(other.Uid), clock.GetUtcNow()), cancellationToken);
        parts.Probes.Forget(other.Uid);
        parts.Api.Forget(other.Uid);
    }

    private Task WriteStatusAsync(Pod pod, ObservedPod own, CancellationToken cancellationToken)
    {
        var observation = new PodObservation(own, parts.Executor.FailuresOf(own.Uid), parts.Probes.StatesOf(own.Uid), options.NodeAddress);
        return parts.Api.WriteStatusAsync(pod, current => PodStatusBuilder.Build(current, observation, clock.GetUtcNow()), cancellationToken);
    }
}

/// <summary>What the reconciler works with.</summary>
internal sealed record PodReconcilerParts(ICache<Pod> Pods, EngineObserver Observer, PodExecutor Executor, PodApi Api, ProbeManager Probes);
