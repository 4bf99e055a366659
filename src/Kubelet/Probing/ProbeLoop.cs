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
    private readonly ProbeOutcomes outcomes;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly CancellationTokenSource stop = new();
    private volatile ProbeState state;

    private ProbeLoop(ProbeTarget target, IProber prober, ProbeOutcomes outcomes, TimeProvider clock, ILogger log)
    {
        (this.target, this.prober, this.outcomes, this.clock, this.log) = (target, prober, outcomes, clock, log);
        state = new ProbeState(
            target.Container.StartupProbe is null || target.Known.Started,
            target.Container.ReadinessProbe is null || target.Known.Ready);
    }

    /// <summary>The engine's id of the container.</summary>
    public string ContainerId => target.Run.Id;

    /// <summary>What has been found so far.</summary>
    public ProbeState State => state;

    /// <summary>Ends when the loop has ended.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Begins.</summary>
    public static ProbeLoop Start(ProbeTarget target, IProber prober, ProbeOutcomes outcomes, TimeProvider clock, ILogger log)
    {
        var loop = new ProbeLoop(target, prober, outcomes, clock, log);
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
            if (target.Container.StartupProbe is { } startup && !state.Started) await StartUpAsync(startup);
            await Task.WhenAll(
                target.Container.ReadinessProbe is { } readiness ? ReadinessAsync(readiness) : Task.CompletedTask,
                target.Container.LivenessProbe is { } liveness ? LivenessAsync(liveness) : Task.CompletedTask);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The container is gone, or the kubelet ends.
        }
    }

    private async Task StartUpAsync(Probe probe)
    {
        var verdict = new ProbeVerdict(probe, initially: false);
        await foreach (var success in ResultsAsync(probe))
        {
            if (!verdict.Add(success)) continue;
            if (verdict.Succeeds) break;
            Kill("Startup", probe);
        }

        Set(state with { Started = true });
    }

    private async Task ReadinessAsync(Probe probe)
    {
        var verdict = new ProbeVerdict(probe, state.Ready);
        await foreach (var success in ResultsAsync(probe))
        {
            if (!success) outcomes.Unhealthy(target, "Readiness");
            verdict.Add(success);
            if (verdict.Succeeds != state.Ready) Set(state with { Ready = verdict.Succeeds });
        }
    }

    private async Task LivenessAsync(Probe probe)
    {
        var verdict = new ProbeVerdict(probe, initially: true);
        await foreach (var success in ResultsAsync(probe))
        {
            if (verdict.Add(success) && !verdict.Succeeds) Kill("Liveness", probe);
        }
    }

    private async IAsyncEnumerable<bool> ResultsAsync(Probe probe)
    {
        // Counted from the container's start: a kubelet that takes it over must not be blind for that long once more.
        var now = clock.GetUtcNow();
        var initial = (target.Run.StartedAt ?? now).AddSeconds(probe.InitialDelaySeconds ?? 0) - now;
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

    // The loop goes on until the container is seen to have ended, and asks again should it not.
    private void Kill(string which, Probe probe)
    {
        log.LogWarning("Container {Container} of pod {Namespace}/{Name} failed its {Probe} probe and is stopped", target.Container.Name, target.Pod.Metadata.Namespace, target.Pod.Metadata.Name, which);
        outcomes.Unhealthy(target, which);
        outcomes.Kill(target, TimeSpan.FromSeconds(probe.TerminationGracePeriodSeconds ?? target.Pod.Spec?.TerminationGracePeriodSeconds ?? 30));
    }

    private void Set(ProbeState next)
    {
        state = next;
        outcomes.Wake(ObjectKey.Of(target.Pod));
    }
}

/// <summary>What is probed.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Container">The container of its spec.</param>
/// <param name="Run">The run of it.</param>
/// <param name="Address">The pod's address.</param>
/// <param name="Known">What an earlier kubelet found of this very run, so that taking it over does not make it unready.</param>
internal sealed record ProbeTarget(Pod Pod, Container Container, ObservedContainer Run, string Address, ProbeState Known);

/// <summary>What follows from probes.</summary>
/// <param name="Wake">The pod's status has changed.</param>
/// <param name="Kill">The container must end, within the grace period; its restart policy does the rest.</param>
/// <param name="Unhealthy">A probe failed; the word is <c>Startup</c>, <c>Readiness</c> or <c>Liveness</c>.</param>
internal sealed record ProbeOutcomes(Action<ObjectKey> Wake, Action<ProbeTarget, TimeSpan> Kill, Action<ProbeTarget, string> Unhealthy);
