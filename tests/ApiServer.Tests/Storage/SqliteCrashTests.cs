using System.Text;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Sqlite;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Files;

namespace MiniK8s.ApiServer.Tests.Storage;

public sealed class SqliteCrashTests : IDisposable
{
    private const int Rounds = 3;
    private const int WritesBeforeTheKill = 200;

    private readonly TestFolder _folder = TestFolder.Create();

    private string DatabasePath => _folder["store.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_process_killed_amid_writes_loses_nothing_acknowledged()
    {
        var token = TestContext.Current.CancellationToken;
        var acknowledged = new Dictionary<string, long>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (key, revision) in await WriteAndKillAsync())
            {
                acknowledged.Add(key, revision);
            }

            await using var store = await SqliteStore.OpenAsync(DatabasePath, TimeProvider.System, token);
            var all = await store.RangeAsync(new RangeRequest("/registry/", StoreKeys.PrefixEnd("/registry/")), token);
            var stored = all.Values.ToDictionary(value => value.Key);
            Assert.All(acknowledged, written =>
            {
                var value = Assert.Contains(written.Key, stored);
                Assert.Equal((written.Value, written.Key), (value.ModRevision, Encoding.ASCII.GetString(value.Value.Span)));
            });
            await AssertHistoryAsync(store, all);
        }
    }

    [Fact]
    public async Task Another_process_cannot_open_a_store_in_use_and_can_after_the_first_was_killed()
    {
        var token = TestContext.Current.CancellationToken;
        await using (var writer = StoreWriterProcess.Start(DatabasePath))
        {
            await Eventually.TrueAsync(() => StoreWriterProcess.Acknowledged(writer).Count > 0, $"the writer writes: {writer.Error}");
            var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => SqliteStore.OpenAsync(DatabasePath, TimeProvider.System, token));
            Assert.Contains("in use by another process", error.Message, StringComparison.Ordinal);
            await writer.KillAsync();
        }

        await using var store = await SqliteStore.OpenAsync(DatabasePath, TimeProvider.System, token);
        Assert.True(await store.CurrentRevisionAsync(token) > 1);
    }

    private async Task<Dictionary<string, long>> WriteAndKillAsync()
    {
        await using var writer = StoreWriterProcess.Start(DatabasePath);
        await Eventually.TrueAsync(
            () => writer.HasExited || StoreWriterProcess.Acknowledged(writer).Count >= WritesBeforeTheKill,
            $"the writer has written {WritesBeforeTheKill} keys");
        Assert.False(writer.HasExited, writer.Error);
        await writer.KillAsync();
        return StoreWriterProcess.Acknowledged(writer);
    }

    // Each commit made one key and one revision: the history has no hole and agrees with the keys.
    private static async Task AssertHistoryAsync(SqliteStore store, StoreRange all)
    {
        await using var watch = new WatchRecorder(store, "/registry/", 0);
        var events = await watch.EventsAsync(all.Values.Count);
        Assert.Equal(Enumerable.Range(2, events.Count).Select(revision => (long)revision), events.Select(change => change.Revision));
        Assert.Equal(
            all.Values.Select(value => (value.Key, value.ModRevision)).Order(),
            events.Select(change => (change.Key, change.Revision)).Order());
    }
}
