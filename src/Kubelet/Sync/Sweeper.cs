using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Observation;

namespace MiniK8s.Kubelet.Sync;

/// <summary>
/// Wakes the reconciler for what the API does not announce: containers that ended (from the engine's events), and, now and then and
/// at the start, every pod and every container that is there, so that nothing that no pod owns stays.
/// </summary>
internal sealed class Sweeper(IContainerEngine engine, EngineObserver observer, ICache<Pod> pods, KubeletOptions options, Action<ObjectKey> wake)
{
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);
    private static readonly string[] Interesting = ["die", "oom", "destroy", "start"];

    /// <summary>Runs until cancelled. Survives every failure.</summary>
    public Task RunAsync(TimeProvider clock, ILogger<Sweeper> log, CancellationToken cancellationToken) =>
        Task.WhenAll(
            Forever("follow the engine's events", FollowAsync, ReconnectDelay, clock, log, cancellationToken),
            Forever("look at all containers", SweepAsync, options.ResyncInterval, clock, log, cancellationToken));

    private static async Task Forever(string what, Func<CancellationToken, Task> action, TimeSpan pause, TimeProvider clock, ILogger log, CancellationToken cancellationToken)
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

            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var filter = new EventFilter { Kinds = ["container"], Labels = [$"{PodLabels.Node}={options.NodeName}"] };
        await foreach (var change in engine.WatchEventsAsync(filter, cancellationToken))
        {
            if (Interesting.Contains(change.Action) && PodLabels.KeyOf(change.Attributes) is { } key) wake(key);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var key in await observer.KeysAsync(cancellationToken)) wake(key);
        foreach (var pod in pods.List()) wake(ObjectKey.Of(pod));
    }
}
