using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MiniK8s.Runtime.Scheduling;
using MiniK8s.Runtime.Tests.Doubles;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Runtime.Tests.Scheduling;

public sealed class BoundedRunnerTests : IAsyncDisposable
{
    private static readonly BoundedRunnerOptions Options = new()
    {
        Name = "sync",
        MinInterval = TimeSpan.FromSeconds(1),
        RetryInterval = TimeSpan.FromSeconds(5),
        MaxInterval = TimeSpan.FromSeconds(30),
    };

    private readonly ManualClock _clock = new();
    private readonly LogRecorder _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly BoundedRunner _runner;
    private readonly Task _running;
    private readonly List<DateTimeOffset> _begun = [];
    private readonly DateTimeOffset _start;
    private volatile bool _fails;
    private Channel<bool>? _hold;
    private int _parallel;

    public BoundedRunnerTests()
    {
        _start = _clock.GetUtcNow();
        _runner = new BoundedRunner(ActAsync, Options, _clock, _log);
        _running = _runner.RunAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _hold?.Writer.TryComplete();
        await _running.WaitAsync(TimeSpan.FromSeconds(5));
        _stop.Dispose();
    }

    [Fact]
    public async Task Nothing_runs_before_the_first_request_and_that_runs_at_once()
    {
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(_begun);

        _runner.Request();

        await RanAsync(1);
    }

    [Fact]
    public async Task Requests_within_the_shortest_interval_become_one_run_at_its_end()
    {
        _runner.Request();
        await RanAsync(1);
        _runner.Request();
        _runner.Request();
        _runner.Request();

        Pass(0.999);
        Assert.Single(_begun);
        Pass(0.001);
        await RanAsync(2);
        await RestsAsync();
        Pass(10);
        Assert.Equal([0, 1], Seconds);
    }

    [Fact]
    public async Task A_request_after_a_silence_runs_at_once()
    {
        _runner.Request();
        await RanAsync(1);
        Pass(1);
        await RestsAsync();
        Pass(9);

        _runner.Request();

        await RanAsync(2);
        Assert.Equal([0, 10], Seconds);
    }

    [Fact]
    public async Task A_failure_is_retried_after_the_retry_interval_until_it_succeeds()
    {
        _fails = true;
        _runner.Request();
        await RanAsync(1);
        await PassToRunAsync(1, 4, 2);
        _fails = false;
        await PassToRunAsync(1, 4, 3);
        Pass(1);
        await RestsAsync();
        Pass(15);

        Assert.Equal([0, 5, 10], Seconds);
        Assert.Equal(2, _log.At(LogLevel.Error).Count);
    }

    [Fact]
    public async Task A_request_brings_the_retry_forward_but_not_below_the_shortest_interval()
    {
        _fails = true;
        _runner.Request();
        await RanAsync(1);
        _fails = false;
        _runner.Request();

        Pass(1);

        await RanAsync(2);
        Assert.Equal([0, 1], Seconds);
    }

    [Fact]
    public async Task Without_requests_it_runs_at_the_longest_interval()
    {
        _runner.Request();
        await RanAsync(1);
        await PassToRunAsync(1, 29, 2);
        await PassToRunAsync(1, 29, 3);

        Assert.Equal([0, 30, 60], Seconds);
    }

    [Fact]
    public async Task A_request_during_a_run_leads_to_another_run_and_never_to_two_at_once()
    {
        _hold = Channel.CreateUnbounded<bool>();
        _runner.Request();
        await RanAsync(1);
        _runner.Request();
        Pass(10);
        Assert.Single(_begun);

        _hold.Writer.TryWrite(true);
        await RanAsync(2);
        Assert.Equal(1, _parallel);
        Assert.Equal([0, 10], Seconds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whether_the_requesting_thread_runs_the_action_is_an_option(bool asked)
    {
        // The test framework's context would take the action to a thread of its own.
        SynchronizationContext.SetSynchronizationContext(null);
        var threads = Channel.CreateUnbounded<int>();
        var runner = new BoundedRunner(
            _ =>
            {
                threads.Writer.TryWrite(Environment.CurrentManagedThreadId);
                return Task.CompletedTask;
            },
            Options with { RunsWhereRequested = asked }, _clock, _log);
        var running = runner.RunAsync(_stop.Token);
        // A thread of nobody else's, so that the action cannot come upon it by chance.
        var requester = 0;
        var thread = new Thread(() =>
        {
            requester = Environment.CurrentManagedThreadId;
            runner.Request();
        });
        thread.Start();
        thread.Join();

        var ran = await threads.Reader.ReadAsync();
        Assert.Equal(asked, ran == requester);
        await _stop.CancelAsync();
        await running;
    }

    private IEnumerable<double> Seconds => _begun.Select(time => Math.Round((time - _start).TotalSeconds, 3));

    private async Task ActAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _parallel);
        lock (_begun)
        {
            _begun.Add(_clock.GetUtcNow());
        }

        try
        {
            if (_hold is { } hold)
            {
                await hold.Reader.ReadAsync(cancellationToken);
            }

            if (_fails)
            {
                throw new InvalidOperationException("the rules were refused");
            }
        }
        finally
        {
            Interlocked.Decrement(ref _parallel);
        }
    }

    // First to the end of the shortest interval, where the runner begins to wait for requests, then to the next run.
    private async Task PassToRunAsync(double first, double then, int runs)
    {
        Pass(first);
        await RestsAsync();
        Pass(then);
        await RanAsync(runs);
    }

    private void Pass(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    private async Task RanAsync(int times)
    {
        await Eventually.TrueAsync(() => _begun.Count >= times, $"{times} runs began");
        if (_hold is null)
        {
            await RestsAsync();
        }
    }

    private Task RestsAsync() => _clock.ArmedAsync();
}
