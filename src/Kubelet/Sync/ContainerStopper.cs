using System.Net;
using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Sync;

/// <summary>
/// Stops containers beside the reconciler. A grace period may last minutes: neither other pods nor the same pod's owner, who may
/// shorten it meanwhile, can wait that long. Thread-safe.
/// </summary>
internal sealed class ContainerStopper(IContainerEngine engine, Action<ObjectKey> wake, TimeProvider clock, ILogger<ContainerStopper> log) : IAsyncDisposable
{
    // An engine that refuses is asked again, but not without a pause.
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromSeconds(1);

    // The engine counts whole seconds, and time passes between two plans: a deadline this much earlier is the same one.
    private static readonly TimeSpan SameDeadline = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Stop> stops = [];
    private readonly CancellationTokenSource ending = new();

    /// <summary>
    /// Begins to stop a container, and wakes the pod when it has ended. Whether anything new began: nothing does while it is being
    /// stopped already, unless it now has to end sooner.
    /// </summary>
    public bool Begin(ObjectKey pod, string id, TimeSpan grace)
    {
        var deadline = clock.GetUtcNow() + grace;
        lock (gate)
        {
            if (ending.IsCancellationRequested) return false;
            stops.TryGetValue(id, out var known);
            if (known is not null && deadline + SameDeadline >= known.Deadline) return false;
            // The engine takes a second request while the first still waits; whichever grace ends first decides.
            var stop = new Stop(deadline);
            stops[id] = stop;
            var before = known?.Completion ?? Task.CompletedTask;
            stop.Completion = Task.WhenAll(before, Task.Run(() => RunAsync(pod, id, grace, stop)));
            return true;
        }
    }

    /// <summary>Whether a container is being stopped.</summary>
    public bool IsStopping(string id)
    {
        lock (gate) return stops.ContainsKey(id);
    }

    /// <summary>Waits for no container: what has not ended is asked again by the next kubelet.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Task> running;
        lock (gate)
        {
            running = [.. stops.Values.Select(stop => stop.Completion)];
            ending.Cancel();
        }

        await Task.WhenAll(running);
        ending.Dispose();
    }

    private async Task RunAsync(ObjectKey pod, string id, TimeSpan grace, Stop stop)
    {
        try
        {
            await engine.StopContainerAsync(id, grace, ending.Token);
        }
        catch (DockerApiException error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            // It is gone: what was wanted.
        }
        catch (Exception error) when (!ending.IsCancellationRequested)
        {
            log.LogWarning("Container {Id} of pod {Pod} could not be stopped: {Message}", id, pod, error.Message);
            await Task.Delay(PauseAfterRefusal, clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception) when (ending.IsCancellationRequested)
        {
            // The kubelet ends; the container goes on ending without it.
        }

        lock (gate)
        {
            if (stops.GetValueOrDefault(id) == stop) stops.Remove(id);
        }

        wake(pod);
    }

    private sealed class Stop(DateTimeOffset deadline)
    {
        public DateTimeOffset Deadline { get; } = deadline;

        public Task Completion { get; set; } = Task.CompletedTask;
    }
}
