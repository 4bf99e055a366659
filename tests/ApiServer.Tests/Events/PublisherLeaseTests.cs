using MiniK8s.ApiServer.Events;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.TestKit.Time;

namespace MiniK8s.ApiServer.Tests.Events;

public sealed class PublisherLeaseTests : IAsyncDisposable
{
    private static readonly PublisherCheckpoint Ten = new(10, "10.0");

    private readonly ManualClock _clock = new();
    private readonly MemoryStore _store;

    public PublisherLeaseTests() => _store = new MemoryStore(_clock);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task The_first_takes_it_and_the_second_waits()
    {
        var one = Lease("one");
        var two = Lease("two");

        Assert.True(await one.TryAcquireAsync(default));
        Assert.False(await two.TryAcquireAsync(default));
        Assert.Equal(1, one.Epoch);
    }

    [Fact]
    public async Task One_that_is_not_renewed_is_taken_after_its_duration_with_a_greater_epoch()
    {
        await Lease("one").TryAcquireAsync(default);
        var two = Lease("two");
        Assert.False(await two.TryAcquireAsync(default));
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(await two.TryAcquireAsync(default));

        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True(await two.TryAcquireAsync(default));
        Assert.Equal(2, two.Epoch);
    }

    [Fact]
    public async Task One_that_is_renewed_is_not_taken()
    {
        var one = Lease("one");
        await one.TryAcquireAsync(default);
        var two = Lease("two");
        for (var i = 0; i < 5; i++)
        {
            Assert.False(await two.TryAcquireAsync(default));
            _clock.Advance(TimeSpan.FromSeconds(8));
            Assert.True(await one.RenewAsync(Ten with { Revision = 10 + i }, default));
        }
    }

    [Fact]
    public async Task The_loser_cannot_move_the_checkpoint()
    {
        var one = Lease("one");
        await one.TryAcquireAsync(default);
        await one.RenewAsync(Ten, default);
        var two = Lease("two");
        await two.TryAcquireAsync(default);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await two.TryAcquireAsync(default);
        await two.RenewAsync(new PublisherCheckpoint(20, "20.0"), default);

        Assert.False(await one.RenewAsync(new PublisherCheckpoint(15, "15.0"), default));

        Assert.Equal(new PublisherCheckpoint(20, "20.0"), await two.ReadCheckpointAsync(default));
    }

    [Fact]
    public async Task One_given_back_is_taken_at_once()
    {
        var one = Lease("one");
        await one.TryAcquireAsync(default);
        await one.ReleaseAsync(Ten, default);
        var two = Lease("two");

        Assert.True(await two.TryAcquireAsync(default));
        Assert.Equal(2, two.Epoch);
        Assert.Equal(Ten, await two.ReadCheckpointAsync(default));
    }

    [Fact]
    public async Task One_who_comes_back_under_its_name_need_not_wait_and_shuts_its_former_self_out()
    {
        var before = Lease("one");
        await before.TryAcquireAsync(default);
        var after = Lease("one");

        Assert.True(await after.TryAcquireAsync(default));
        Assert.Equal(2, after.Epoch);
        Assert.False(await before.RenewAsync(Ten, default));
        Assert.True(await after.RenewAsync(Ten, default));
    }

    [Fact]
    public async Task A_write_that_succeeded_though_its_answer_was_lost_does_not_cost_the_lease()
    {
        var one = new PublisherLease(new AnswerLosingStore(_store, loseNumber: 2), Options("one"), _clock);
        await one.TryAcquireAsync(default);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => one.RenewAsync(Ten, default));

        Assert.True(await one.RenewAsync(Ten with { Revision = 11 }, default));
        Assert.Equal(11, (await one.ReadCheckpointAsync(default))?.Revision);
    }

    [Fact]
    public async Task A_damaged_lease_counts_as_none()
    {
        await _store.CommitAsync(new StoreTransaction([], [StoreOperation.Put(PublisherLease.LeaseKey, "junk"u8.ToArray())]));

        Assert.True(await Lease("one").TryAcquireAsync(default));
    }

    private PublisherLease Lease(string identity) => new(_store, Options(identity), _clock);

    private static PublisherOptions Options(string identity) => new() { BootstrapServers = "unused", Identity = identity };

    /// <summary>A store whose n-th commit takes effect, but its answer does not arrive.</summary>
    private sealed class AnswerLosingStore(IStore inner, int loseNumber) : IStore
    {
        private int _commits;

        public async ValueTask<CommitResult> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken = default)
        {
            var result = await inner.CommitAsync(transaction, cancellationToken);
            return ++_commits == loseNumber ? throw new StoreUnavailableException("the answer was lost") : result;
        }

        public ValueTask<StoreRead> GetAsync(string key, CancellationToken cancellationToken = default) => inner.GetAsync(key, cancellationToken);

        public ValueTask<StoreRange> RangeAsync(RangeRequest request, CancellationToken cancellationToken = default) => inner.RangeAsync(request, cancellationToken);

        public IAsyncEnumerable<StoreBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken = default) =>
            inner.WatchAsync(prefix, afterRevision, cancellationToken);

        public ValueTask RequestProgressAsync(CancellationToken cancellationToken = default) => inner.RequestProgressAsync(cancellationToken);

        public ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken = default) => inner.CurrentRevisionAsync(cancellationToken);

        public ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default) => inner.CompactAsync(revision, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
