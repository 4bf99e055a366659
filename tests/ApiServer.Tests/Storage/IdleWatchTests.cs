using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.ApiServer.Storage.Sqlite;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Time;

namespace MiniK8s.ApiServer.Tests.Storage;

public sealed class IdleWatchTests
{
    private readonly ManualClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_idle_watch_of_the_memory_store_reports_progress_every_ten_seconds()
    {
        await using var store = new MemoryStore(_clock);
        await AssertProgressAsync(store);
    }

    [Fact]
    public async Task An_idle_watch_of_the_sqlite_store_reports_progress_every_ten_seconds()
    {
        using var folder = TestFolder.Create();
        await using var store = await SqliteStore.OpenAsync(folder["store.db"], _clock, Token);
        await AssertProgressAsync(store);
    }

    private async Task AssertProgressAsync(IStore store)
    {
        await using var watch = new WatchRecorder(store, "/registry/pods/", 1);
        await watch.ProgressAsync(1);
        for (var i = 0; i < 3; i++)
        {
            var put = await store.CommitAsync(new StoreTransaction([], [StoreOperation.Put("/registry/nodes/a", new byte[1])]), Token);
            Assert.DoesNotContain(watch.Batches, batch => batch.Revision >= put.Revision);

            _clock.Advance(TimeSpan.FromSeconds(10));

            await watch.ProgressAsync(put.Revision);
        }

        Assert.Empty(watch.Events);
    }
}
