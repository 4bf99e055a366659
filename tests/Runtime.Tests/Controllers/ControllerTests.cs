using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Runtime.Controllers;
using MiniK8s.Runtime.Queues;
using MiniK8s.Runtime.Tests.Doubles;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Runtime.Tests.Controllers;

public sealed class ControllerTests : IAsyncDisposable, IReconciler
{
    private static readonly ObjectKey Web = new("default", "web");
    private static readonly ControllerOptions Options = new() { Name = "test", Workers = 3, Queue = new WorkQueueOptions { Jitter = 0 } };

    private readonly ManualClock _clock = new();
    private readonly LogRecorder _log = new();
    private readonly Cache<ConfigMap> _cache = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ObjectKey> _seen = new();
    private readonly Controller _controller;
    private Func<ObjectKey, CancellationToken, ValueTask<ReconcileResult>> _act = (_, _) => ValueTask.FromResult(ReconcileResult.Done);
    private Task _running = Task.CompletedTask;

    public ControllerTests() => _controller = new Controller(Options, this, _clock, _log).Watch(_cache);

    public ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        _seen.Enqueue(key);
        return _act(key, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(5));
        _controller.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Nothing_is_reconciled_before_the_cache_has_synced()
    {
        _controller.Enqueue(Web);
        Run();
        Assert.Empty(_seen);

        _cache.Replace([]);

        await CountedAsync(ReconcileOutcome.Success, 1);
    }

    [Fact]
    public async Task Every_object_and_every_change_is_reconciled_also_a_deletion()
    {
        _cache.Replace([Map("web", 1)]);
        Run();
        await CountedAsync(ReconcileOutcome.Success, 1);

        _cache.Apply(Map("web", 2));
        await CountedAsync(ReconcileOutcome.Success, 2);
        _cache.Delete(Web);
        await CountedAsync(ReconcileOutcome.Success, 3);

        Assert.All(_seen, key => Assert.Equal(Web, key));
    }

    [Fact]
    public async Task An_exception_is_logged_once_counted_and_retried_with_growing_pauses()
    {
        _act = (_, _) => throw new InvalidOperationException("no");
        Start();
        await CountedAsync(ReconcileOutcome.Error, 1);
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        await CountedAsync(ReconcileOutcome.Error, 2);
        _clock.Advance(TimeSpan.FromMilliseconds(9));
        Assert.Equal(2, _controller.Counters[ReconcileOutcome.Error]);
        _act = (_, _) => ValueTask.FromResult(ReconcileResult.Done);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await CountedAsync(ReconcileOutcome.Success, 1);
        var told = Assert.Single(_log.At(LogLevel.Warning));
        Assert.Contains("default/web", told, StringComparison.Ordinal);
        Assert.Contains("reconcile 1)", told, StringComparison.Ordinal);
        Assert.Contains("reconcile 2)", Assert.Single(_log.At(LogLevel.Debug)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_is_retried_and_is_no_warning()
    {
        _act = (_, _) => throw new ApiException(new Status { Code = 409, Reason = StatusReasons.Conflict });
        Start();

        await CountedAsync(ReconcileOutcome.Conflict, 1);
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        await CountedAsync(ReconcileOutcome.Conflict, 2);
        Assert.Empty(_log.At(LogLevel.Warning));
    }

    [Fact]
    public async Task A_terminal_failure_rests_until_the_next_change()
    {
        _act = (_, _) => throw new TerminalException("cannot be");
        Start();
        await CountedAsync(ReconcileOutcome.Terminal, 1);

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, _controller.Counters.Total);
        _controller.Enqueue(Web);

        await CountedAsync(ReconcileOutcome.Terminal, 2);
    }

    [Fact]
    public async Task A_result_with_a_delay_comes_again_after_it()
    {
        _act = (_, _) => ValueTask.FromResult(ReconcileResult.After(TimeSpan.FromSeconds(30)));
        Start();
        await CountedAsync(ReconcileOutcome.After, 1);
        Assert.Equal(1, _controller.QueueLength);

        _clock.Advance(TimeSpan.FromSeconds(30));

        await CountedAsync(ReconcileOutcome.After, 2);
    }

    [Fact]
    public async Task A_key_never_runs_twice_at_once_though_workers_are_idle()
    {
        var release = new TaskCompletionSource();
        _act = async (_, _) =>
        {
            await release.Task;
            return ReconcileResult.Done;
        };
        Start();
        await Eventually.TrueAsync(() => _seen.Count == 1, "the first run began");
        _controller.Enqueue(Web);
        _controller.Enqueue(new ObjectKey("default", "other"));
        await Eventually.TrueAsync(() => _seen.Count == 2, "another key began");
        Assert.Equal("other", _seen.Last().Name);

        release.SetResult();

        await CountedAsync(ReconcileOutcome.Success, 3);
    }

    [Fact]
    public async Task Stopping_cancels_what_runs_and_waits_for_it()
    {
        _act = async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return ReconcileResult.Done;
        };
        Start();
        await Eventually.TrueAsync(() => _seen.Count == 1, "the run began");

        await _stop.CancelAsync();

        await _running.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(0, _controller.Counters.Total);
        Assert.Empty(_log.At(LogLevel.Warning));
    }

    private void Start()
    {
        _cache.Replace([]);
        Run();
        _controller.Enqueue(Web);
    }

    private void Run() => _running = _controller.RunAsync(_stop.Token);

    private Task CountedAsync(ReconcileOutcome outcome, int count) =>
        Eventually.TrueAsync(() => _controller.Counters[outcome] == count, $"{count} times {outcome}");

    private static ConfigMap Map(string name, int version) =>
        new() { Metadata = new ObjectMeta { Namespace = "default", Name = name, ResourceVersion = $"{version}" } };
}
