using MiniK8s.ApiServer.Storage;
using MiniK8s.TestKit;

namespace MiniK8s.ApiServer.Tests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_watch_replays_history_and_goes_on_live()
    {
        var before = await PutAsync("zero", "0");
        await PutAsync("a", "1");
        await PutAsync("a", "2");
        await using var watch = new WatchRecorder(Store, Prefix, before);
        Assert.Equal(["+a=1", "~a=2<1"], (await watch.EventsAsync(2)).Select(Show));

        await DeleteAsync("a");
        await PutAsync("a", "3");

        Assert.Equal(["+a=1", "~a=2<1", "-a<2", "+a=3"], (await watch.EventsAsync(4)).Select(Show));
    }

    [Fact]
    public async Task Events_carry_their_revisions_and_whole_previous_values()
    {
        var before = await Store.CurrentRevisionAsync(Token);
        var created = await PutAsync("a", "1");
        var updated = await PutAsync("a", "2");
        var deleted = await DeleteAsync("a");
        await using var watch = new WatchRecorder(Store, Prefix, before);

        var events = await watch.EventsAsync(3);

        Assert.Equal(["+a=1", "~a=2<1", "-a<2"], events.Select(Show));
        Assert.Equal([created, updated, deleted], events.Select(change => change.Revision));
        Assert.Equal([created, created, 0], events.Select(change => change.CreateRevision));
        Assert.Null(events[0].Previous);
        Assert.Equal((Key("a"), created, created), Revisions(events[1].Previous));
        Assert.Equal((Key("a"), updated, created), Revisions(events[2].Previous));
    }

    [Fact]
    public async Task A_watch_sees_only_its_prefix()
    {
        var before = await Store.CurrentRevisionAsync(Token);
        await using var watch = new WatchRecorder(Store, Key("pods/"), before);
        await PutAsync("nodes/a", "1");
        await PutAsync("pods", "1");
        await PutAsync("pods0", "1");
        await PutAsync("pods/a", "1");

        Assert.Equal(["+pods/a=1"], (await watch.EventsAsync(1)).Select(Show));
        await Store.RequestProgressAsync(Token);
        await watch.ProgressAsync(await Store.CurrentRevisionAsync(Token));
        Assert.Single(watch.Events);
    }

    [Fact]
    public async Task The_changes_of_one_transaction_come_in_one_batch()
    {
        var old = await PutAsync("b", "old");
        var before = await Store.CurrentRevisionAsync(Token);
        await using var watch = new WatchRecorder(Store, Prefix, before);
        var revision = await CommitAsync(
            [new(Key("b"), old)],
            [StoreOperation.Put(Key("a"), Bytes("1")), StoreOperation.Delete(Key("b")), StoreOperation.Put(Key("c"), Bytes("1")), StoreOperation.Delete(Key("absent"))]);

        await watch.EventsAsync(3);

        var batch = Assert.Single(watch.Batches, batch => batch.Events.Count > 0);
        Assert.Equal(revision, batch.Revision);
        Assert.Equal(["+a=1", "+c=1", "-b<old"], batch.Events.Select(Show).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_watch_after_a_future_revision_leaves_out_what_comes_before_it()
    {
        var after = await Store.CurrentRevisionAsync(Token) + 10;
        await using var watch = new WatchRecorder(Store, Prefix, after);
        var revisions = new List<long>();
        while (revisions.Count(revision => revision > after) < 3)
        {
            revisions.Add(await PutAsync("a", "1"));
        }

        var events = await watch.EventsAsync(3);
        Assert.Equal(revisions.Where(revision => revision > after), events.Select(change => change.Revision));
        Assert.All(watch.Batches, batch => Assert.True(batch.Revision >= after, $"a batch at {batch.Revision}"));
    }

    [Fact]
    public async Task A_watch_of_compacted_history_is_refused()
    {
        var first = await PutAsync("a", "1");
        await PutAsync("a", "2");
        var last = await PutAsync("a", "3");
        await Store.CompactAsync(last, Token);

        await using var watch = new WatchRecorder(Store, Prefix, first);
        var error = await watch.EndsWithAsync<CompactedException>();
        Assert.Equal(last, error.CompactRevision);

        await using var later = new WatchRecorder(Store, Prefix, last);
        await PutAsync("a", "4");
        Assert.Equal(["~a=4<3"], (await later.EventsAsync(1)).Select(Show));
    }

    [Fact]
    public async Task Requested_progress_comes_after_everything_before_it()
    {
        var before = await Store.CurrentRevisionAsync(Token);
        await using var watch = new WatchRecorder(Store, Prefix, before);
        await using var elsewhere = new WatchRecorder(Store, $"/registry/{Guid.NewGuid():N}/", before);
        for (var i = 0; i < 20; i++)
        {
            var revision = await PutAsync("a", $"{i}");
            await Store.RequestProgressAsync(Token);
            await watch.ProgressAsync(revision);
            await elsewhere.ProgressAsync(revision);
            Assert.Equal(i + 1, watch.Events.Count);
        }

        Assert.Empty(elsewhere.Events);
        watch.AssertOrdered();
        elsewhere.AssertOrdered();
    }

    [Fact]
    public async Task Watches_begun_amid_concurrent_writes_see_every_change_once_and_in_order()
    {
        const int Writers = 4;
        const int Each = 60;
        var before = await Store.CurrentRevisionAsync(Token);
        var watches = new List<WatchRecorder>();
        try
        {
            var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteManyAsync(writer, Each), Token)).ToArray();
            while (!writers.All(writer => writer.IsCompleted) && watches.Count < 20)
            {
                watches.Add(new WatchRecorder(Store, Prefix, before));
                await Store.RequestProgressAsync(Token);
            }

            await Task.WhenAll(writers);
            var revision = await Store.CurrentRevisionAsync(Token);
            await Store.RequestProgressAsync(Token);
            foreach (var watch in watches)
            {
                await watch.EventsAsync(Writers * Each);
                await watch.ProgressAsync(revision);
                watch.AssertOrdered();
                AssertHistory(watch.Events, Writers, Each);
            }
        }
        finally
        {
            foreach (var watch in watches)
            {
                await watch.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_watcher_that_does_not_read_delays_no_writer_and_loses_nothing()
    {
        const int Writes = 300;
        var before = await Store.CurrentRevisionAsync(Token);
        await using var slow = Store.WatchAsync(Prefix, before, Token).GetAsyncEnumerator(Token);
        for (var i = 0; i < Writes; i++)
        {
            await PutAsync("a", $"{i}").WaitAsync(Eventually.DefaultTimeout, Token);
        }

        var seen = 0;
        while (seen < Writes && await slow.MoveNextAsync())
        {
            foreach (var change in slow.Current.Events)
            {
                Assert.Equal($"{seen++}", Text(change.Value!.Value));
            }
        }
    }

    [Fact]
    public async Task Cancelling_ends_a_watch_and_disposing_the_store_ends_all()
    {
        using var cancel = new CancellationTokenSource();
        var watch = CountAsync(Store.WatchAsync(Prefix, await Store.CurrentRevisionAsync(Token), cancel.Token));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.WaitAsync(Eventually.DefaultTimeout, Token));

        await using var other = new WatchRecorder(Store, Prefix, await Store.CurrentRevisionAsync(Token));
        await Store.DisposeAsync();
        await other.EndsWithAsync<StoreUnavailableException>();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Store.GetAsync(Key("a"), Token));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => PutAsync("a", "1"));
    }

    private static async Task<int> CountAsync(IAsyncEnumerable<StoreBatch> batches)
    {
        var count = 0;
        await foreach (var batch in batches)
        {
            count++;
        }

        return count;
    }

    private async Task WriteManyAsync(int writer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await PutAsync($"w{writer}", $"{i}");
        }
    }

    // Each writer's values count up without a hole, and each change names the one before it.
    private void AssertHistory(IReadOnlyList<StoreEvent> events, int writers, int each)
    {
        for (var writer = 0; writer < writers; writer++)
        {
            var own = events.Where(change => change.Key == Key($"w{writer}")).ToList();
            Assert.Equal(Enumerable.Range(0, each).Select(i => $"{i}"), own.Select(change => Text(change.Value!.Value)));
            Assert.Equal(own.SkipLast(1).Select(change => change.Revision), own.Skip(1).Select(change => change.Previous!.ModRevision));
        }
    }

    private static (string Key, long Mod, long Create)? Revisions(StoreValue? value) =>
        value is null ? null : (value.Key, value.ModRevision, value.CreateRevision);
}
