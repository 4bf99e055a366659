using MiniK8s.Runtime.Queues;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Runtime.Tests.Queues;

public sealed class WorkQueueTests : IDisposable
{
    private static readonly WorkQueueOptions Exact = new() { Jitter = 0 };

    private readonly ManualClock _clock = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() => _queue = new WorkQueue<string>(_clock, Exact);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task An_item_added_twice_is_taken_once()
    {
        _queue.Add("a");
        _queue.Add("a");

        Assert.Equal(["a"], await TakeReadyAsync());
    }

    [Fact]
    public async Task Items_come_in_the_order_in_which_they_were_added()
    {
        _queue.Add("b");
        _queue.Add("a");
        _queue.Add("c");

        Assert.Equal(["b", "a", "c"], await TakeReadyAsync());
    }

    [Fact]
    public async Task Add_while_processing_requeues_after_done()
    {
        _queue.Add("a");
        await TakeAsync();
        _queue.Add("a");
        _queue.Add("b");

        Assert.Equal("b", await TakeAsync());
        _queue.Done("a");
        Assert.Equal("a", await TakeAsync());
    }

    [Fact]
    public async Task Done_without_another_add_leaves_the_queue_empty()
    {
        _queue.Add("a");
        _queue.Done(await TakeAsync());

        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public async Task A_delayed_item_becomes_ready_at_its_time_and_not_before()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.Empty(await TakeReadyAsync());

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a"], await TakeReadyAsync());
    }

    [Theory]
    [InlineData(10, 3, 3)]
    [InlineData(3, 10, 3)]
    public async Task Of_two_delays_the_earlier_counts(int first, int second, int expected)
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(first));
        _queue.AddAfter("a", TimeSpan.FromSeconds(second));

        _clock.Advance(TimeSpan.FromSeconds(expected) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await TakeReadyAsync());
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a"], await TakeReadyAsync());
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Empty(await TakeReadyAsync());
    }

    [Fact]
    public async Task An_immediate_add_takes_the_place_of_a_delay()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.Add("a");

        Assert.Equal(["a"], await TakeReadyAsync());
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(await TakeReadyAsync());
    }

    [Fact]
    public async Task A_delay_that_ends_while_the_item_is_processed_waits_for_done()
    {
        _queue.Add("a");
        await TakeAsync();
        _queue.AddAfter("a", TimeSpan.FromSeconds(1));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await TakeReadyAsync());
        _queue.Done("a");
        Assert.Equal(["a"], await TakeReadyAsync());
    }

    [Fact]
    public void Failures_double_the_pause_from_5_ms_to_1000_s_and_forgetting_begins_anew()
    {
        var pauses = Enumerable.Range(0, 20).Select(_ => _queue.AddAfterFailure("a").TotalMilliseconds).ToList();

        Assert.Equal([5, 10, 20, 40], pauses.Take(4));
        Assert.Equal([655_360, 1_000_000, 1_000_000], pauses.Skip(17));
        Assert.Equal(5, _queue.AddAfterFailure("b").TotalMilliseconds);
        _queue.Forget("a");
        Assert.Equal(5, _queue.AddAfterFailure("a").TotalMilliseconds);
    }

    [Theory]
    [InlineData(0, 0.0, 5)]
    [InlineData(0, 1.0, 4)]
    [InlineData(3, 0.5, 36)]
    [InlineData(1000, 0.0, 1_000_000)]
    public void Jitter_shortens_a_pause_by_a_fifth_at_most(int failures, double random, double milliseconds) =>
        Assert.Equal(milliseconds, new WorkQueueOptions().Delay(failures, random).TotalMilliseconds, precision: 6);

    [Fact]
    public async Task Shutdown_hands_out_what_is_ready_and_drops_what_is_delayed()
    {
        _queue.Add("a");
        _queue.AddAfter("b", TimeSpan.FromSeconds(1));
        _queue.ShutDown();
        _queue.Add("c");

        Assert.Equal("a", await TakeAsync());
        Assert.False((await _queue.TakeAsync()).Taken);
    }

    [Fact]
    public async Task Drained_completes_when_the_last_worker_is_done()
    {
        _queue.Add("a");
        await TakeAsync();
        _queue.ShutDown();

        Assert.False(_queue.Drained.IsCompleted);
        _queue.Done("a");
        await _queue.Drained.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_waiting_taker_is_woken_by_an_add_and_by_shutdown()
    {
        var first = _queue.TakeAsync().AsTask();
        _queue.Add("a");
        Assert.Equal((true, "a"), await first.WaitAsync(TimeSpan.FromSeconds(5)));

        var second = _queue.TakeAsync().AsTask();
        _queue.ShutDown();
        Assert.False((await second.WaitAsync(TimeSpan.FromSeconds(5))).Taken);
    }

    private async Task<string> TakeAsync()
    {
        var (taken, item) = await _queue.TakeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));
        Assert.True(taken, "an item was expected, the queue is shut down");
        return item;
    }

    // Everything that is ready now; the items stay in processing.
    private async Task<List<string>> TakeReadyAsync()
    {
        var items = new List<string>();
        while (true)
        {
            using var enough = new CancellationTokenSource();
            var next = _queue.TakeAsync(enough.Token).AsTask();
            if (!next.IsCompleted)
            {
                await enough.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
                return items;
            }

            items.Add((await next).Item);
        }
    }
}
