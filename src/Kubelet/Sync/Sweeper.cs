using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Observation;
using MiniK8s.Kubelet.Volumes;

namespace MiniK8s.Kubelet.Sync;

/// <summary>
/// Wakes the reconciler for what the API does not announce: containers that ended (from the engine's events), and, now and then, at
/// the start and whenever the engine comes back, every pod and every container that is there, so that nothing that no pod owns stays.
/// </summary>
internal sealed class Sweeper(SweeperParts parts, KubeletOptions options, Action<ObjectKey> wake, TimeProvider clock, ILogger<Sweeper> log)
{
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    // The engine's clock may be another than ours; hearing an event twice costs little, missing one costs a whole interval.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);
    private static readonly string[] Interesting = ["die", "oom", "destroy", "start"];

    /// <summary>Runs until cancelled. Survives every failure.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(
            Forever("follow the engine's events", FollowAsync, ReconnectDelay, cancellationToken),
            Forever("look at all containers", SweepAsync, options.ResyncInterval, cancellationToken));

    private async Task Forever(string what, Func<CancellationToken, Task> action, TimeSpan pause, CancellationToken cancellationToken)
    {
        string? said = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await action(cancellationToken);
                said = null;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                if (error.Message != said) log.LogWarning("Cannot {What}: {Message}", what, error.Message);
                said = error.Message;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Overlap;
        // What happened while nobody listened, an engine that died and came back with everything ended among it.
        await WakeAllAsync(cancellationToken);
        var filter = new EventFilter { Kinds = ["container"], Labels = [$"{PodLabels.Node}={options.NodeName}"], Since = since };
        await foreach (var change in parts.Engine.WatchEventsAsync(filter, cancellationToken))
        {
            if (Interesting.Contains(change.Action) && PodLabels.KeyOf(change.Attributes) is { } key) wake(key);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        // Directories first: what is made after this is not looked at, so a pod that appears meanwhile keeps its own.
        var directories = parts.Volumes.Known();
        var owned = await WakeAllAsync(cancellationToken);
        foreach (var uid in directories.Where(uid => !owned.Contains(uid)))
        {
            log.LogInformation("Removing the volumes of pod {Uid}: neither the API nor the engine has it", uid);
            parts.Volumes.Remove(uid);
        }
    }

    private async Task<IReadOnlySet<string>> WakeAllAsync(CancellationToken cancellationToken)
    {
        var uids = new HashSet<string>();
        foreach (var (key, uid) in await parts.Observer.PodsAsync(cancellationToken))
        {
            uids.Add(uid);
            wake(key);
        }

        foreach (var pod in parts.Pods.List())
        {
            uids.Add(pod.Metadata.Uid ?? "");
            wake(ObjectKey.Of(pod));
        }

        return uids;
    }
}

/// <summary>What the sweeper looks at.</summary>
internal sealed record SweeperParts(IContainerEngine Engine, EngineObserver Observer, ICache<Pod> Pods, PodVolumes Volumes);
