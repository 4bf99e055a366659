using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Probing;
using MiniK8s.Kubelet.Status;
using MiniK8s.Kubelet.Tests.Planning;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Kubelet.Tests.Probing;

public sealed class ProbeLoopTests : IAsyncDisposable
{
    // The timeout is longer than the period, so that the clock's next timer tells which of the two it is.
    private static readonly Probe EverySecond = new() { PeriodSeconds = 1, TimeoutSeconds = 50 };

    private readonly ManualClock clock = new(PodCases.Now);
    private readonly ScriptedProber prober = new();
    private readonly Channel<string> outcomes = Channel.CreateUnbounded<string>();
    private ProbeLoop? loop;

    public async ValueTask DisposeAsync()
    {
        loop?.Dispose();
        if (loop is not null) await loop.Completion;
    }

    [Fact]
    public async Task A_container_is_ready_as_soon_as_its_probe_succeeds_and_stays_so_for_three_failures()
    {
        Start(PodCases.Container("a") with { ReadinessProbe = EverySecond });
        await NextAsync(true, "wake");
        Assert.True(loop!.State.Ready);
        await NextAsync(false, "Readiness");
        await NextAsync(false, "Readiness");
        Assert.True(loop.State.Ready);
        await NextAsync(false, "Readiness", "wake");
        Assert.False(loop.State.Ready);
    }

    [Fact]
    public async Task A_run_that_an_earlier_kubelet_found_ready_stays_ready_and_is_not_waited_for_again()
    {
        var probe = EverySecond with { InitialDelaySeconds = 50 };
        Start(PodCases.Container("a") with { ReadinessProbe = probe, StartupProbe = probe }, new ProbeState(Started: true, Ready: true));
        Assert.Equal(new ProbeState(true, true), loop!.State);
        await NextAsync(false, "Readiness");
        Assert.True(loop.State.Ready);
    }

    [Fact]
    public async Task Readiness_is_not_asked_before_the_startup_probe_has_succeeded()
    {
        Start(PodCases.Container("a") with { StartupProbe = EverySecond, ReadinessProbe = EverySecond });
        await NextAsync(false);
        Assert.Equal(new ProbeState(false, false), loop!.State);
        await NextAsync(true, "wake");
        Assert.Equal(new ProbeState(true, false), loop.State);
        await NextAsync(true, "wake");
        Assert.Equal(new ProbeState(true, true), loop.State);
    }

    [Fact]
    public async Task A_container_that_fails_its_liveness_probe_is_killed_within_the_probes_grace_and_again_while_it_lives()
    {
        Start(PodCases.Container("a") with { LivenessProbe = EverySecond with { FailureThreshold = 2, TerminationGracePeriodSeconds = 7 } });
        await NextAsync(false);
        await NextAsync(false, "Liveness", "kill 7");
        await NextAsync(false, "Liveness", "kill 7");
    }

    [Fact]
    public async Task A_probe_without_an_answer_in_time_has_failed()
    {
        Start(PodCases.Container("a") with { LivenessProbe = new Probe { PeriodSeconds = 5, FailureThreshold = 1, TimeoutSeconds = 2 } });
        using var limit = new CancellationTokenSource(Eventually.DefaultTimeout);
        await prober.Asked.Reader.ReadAsync(limit.Token);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Liveness", await outcomes.Reader.ReadAsync(limit.Token));
        Assert.Equal("kill 30", await outcomes.Reader.ReadAsync(limit.Token));
    }

    private void Start(Container container, ProbeState? known = null)
    {
        var target = new ProbeTarget(PodCases.Pod("a"), container, PodCases.Running("a"), "10.244.1.5", known ?? new ProbeState(false, false));
        var told = new ProbeOutcomes(
            _ => outcomes.Writer.TryWrite("wake"), (_, grace) => outcomes.Writer.TryWrite($"kill {grace.TotalSeconds}"), (_, probe) => outcomes.Writer.TryWrite(probe));
        loop = ProbeLoop.Start(target, prober, told, clock, NullLogger.Instance);
    }

    /// <summary>Answers the next probe, sees what follows, and moves on to the one after.</summary>
    private async Task NextAsync(bool answer, params string[] expected)
    {
        using var limit = new CancellationTokenSource(Eventually.DefaultTimeout);
        (await prober.Asked.Reader.ReadAsync(limit.Token)).SetResult(answer);
        foreach (var outcome in expected) Assert.Equal(outcome, await outcomes.Reader.ReadAsync(limit.Token));
        await Eventually.TrueAsync(() => prober.Asked.Reader.Count > 0 || clock.UntilNext == TimeSpan.FromSeconds(1), "the next probe is asked, or waits for its period");
        if (prober.Asked.Reader.Count == 0) clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, outcomes.Reader.Count);
    }

    /// <summary>Lets the test answer each probe.</summary>
    private sealed class ScriptedProber : IProber
    {
        public Channel<TaskCompletionSource<bool>> Asked { get; } = Channel.CreateUnbounded<TaskCompletionSource<bool>>();

        public async Task<bool> ProbeAsync(ProbeTarget target, Probe probe, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            Asked.Writer.TryWrite(answer);
            return await answer.Task.WaitAsync(cancellationToken);
        }
    }
}
