using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Planning;
using MiniK8s.Kubelet.Status;

namespace MiniK8s.Kubelet.Probing;

/// <summary>
/// The probes of one run of one container: the startup probe until it succeeds, then readiness and liveness, each in its own
/// period. A changed verdict wakes the pod's reconciler; a failed liveness or startup probe kills the container, and the restart
/// policy does the rest.
/// </summary>
internal sealed class ProbeLoop : IDisposable
{
    private readonly ProbeTarget target;
    private readonly IProber prober;
    private readonly Action<ObjectKey> wake;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly CancellationTokenSource stop = new();
    private volatile ProbeState state;

    private ProbeLoop(ProbeTarget target, IProber prober, Action<ObjectKey> wake, TimeProvider clock, ILogger log)
    {
        (this.target, this.prober, this.wake, this.clock, this.log) = (target, prober, wake, clock, log);
        state = new ProbeState(target.Container.StartupProbe is null, target.Container.ReadinessProbe is null);
    }

    /// <summary>The engine's id of the container.</summary>
    public string ContainerId => target.Run.Id;

    /// <summary>What has been found so far.</summary>
    public ProbeState State => state;

    /// <summary>Ends when the loop has ended.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Begins.</summary>
    public static ProbeLoop Start(ProbeTarget target, IProber prober, Action<ObjectKey> wake, TimeProvider clock, ILogger log)
    {
        var loop = new ProbeLoop(target, prober, wake, clock, log);
        loop.Completion = Task.Run(loop.RunAsync);
        return loop;
    }

    /// <summary>Ends, without waiting.</summary>
    public void Dispose()
    {
        stop.Cancel();
        // The loop still looks at the token; the source holds no timer, so it need not be disposed as well.
    }

    private async Task RunAsync()
    {
        try
        {
            if (target.Container.StartupProbe is { } startup && !await StartedAsync(startup)) return;
            await Task.WhenAll(
                target.Container.ReadinessProbe is { } readiness ? ReadinessAsync(readiness) : Task.CompletedTask,
                target.Container.LivenessProbe is { } liveness ? LivenessAsync(liveness) : Task.CompletedTask);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The container is gone, or the kubelet ends.
        }
    }

    private async Task<bool> StartedAsync(Probe probe)
    {
        var verdict = new ProbeVerdict(probe, initially: false);
        await foreach (var success in ResultsAsync(probe))
        {
            if (!verdict.Add(success)) continue;
            if (!verdict.Succeeds)
            {
                await KillAsync("startup");
                return false;
            }

            Set(state with { Started = true });
            return true;
        }

        return false;
    }

    private async Task ReadinessAsync(Probe probe)
    {
        var verdict = new ProbeVerdict(probe, initially: false);
        await foreach (var success in ResultsAsync(probe))
        {
            verdict.Add(success);
            if (verdict.Succeeds != state.Ready) Set(state with { Ready = verdict.Succeeds });
        }
    }

    private async Task LivenessAsync(Probe probe)
    {
        var verdict = new ProbeVerdict(probe, initially: true);
        await foreach (var success in ResultsAsync(probe))
        {
            if (!verdict.Add(success) || verdict.Succeeds) continue;
            await KillAsync("liveness");
            return;
        }
    }

    private async IAsyncEnumerable<bool> ResultsAsync(Probe probe)
    {
        var initial = TimeSpan.FromSeconds(probe.InitialDelaySeconds ?? 0);
        if (initial > TimeSpan.Zero) await Task.Delay(initial, clock, stop.Token);
        var period = TimeSpan.FromSeconds(probe.PeriodSeconds is > 0 ? probe.PeriodSeconds.Value : 10);
        while (true)
        {
            yield return await OnceAsync(probe);
            await Task.Delay(period, clock, stop.Token);
        }
    }

    private async Task<bool> OnceAsync(Probe probe)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(probe.TimeoutSeconds is > 0 ? probe.TimeoutSeconds.Value : 1), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop.Token);
        try
        {
            return await prober.ProbeAsync(target, probe, either.Token);
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            // Whatever keeps a probe from an answer is its failure.
            return false;
        }
    }

    private async Task KillAsync(string which)
    {
        log.LogWarning("Container {Container} of pod {Namespace}/{Name} failed its {Probe} probe and is restarted", target.Container.Name, target.Pod.Metadata.Namespace, target.Pod.Metadata.Name, which);
        await prober.KillAsync(target, stop.Token);
        wake(ObjectKey.Of(target.Pod));
    }

    private void Set(ProbeState next)
    {
        state = next;
        wake(ObjectKey.Of(target.Pod));
    }
}

/// <summary>What is probed.</summary>
internal sealed record ProbeTarget(Pod Pod, Container Container, ObservedContainer Run, string Address);
