using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Sqlite;
using MiniK8s.TestKit.Files;

namespace MiniK8s.ApiServer.Tests.Storage;

public sealed class SqliteStoreTests : StoreContract
{
    private readonly TestFolder _folder = TestFolder.Create();

    private string DatabasePath => _folder["data/store.db"];

    protected override async Task<IStore> OpenAsync() => await SqliteStore.OpenAsync(DatabasePath, TimeProvider.System);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_new_store_is_at_revision_one() => Assert.Equal(1, await Store.CurrentRevisionAsync(Token));

    [Fact]
    public async Task Data_history_and_compaction_survive_a_restart()
    {
        var first = await PutAsync("a", "1");
        var second = await PutAsync("a", "2");
        await PutAsync("b", "1");
        var last = await DeleteAsync("b");
        await Store.CompactAsync(second, Token);
        await Store.DisposeAsync();

        await using var reopened = await SqliteStore.OpenAsync(DatabasePath, TimeProvider.System, Token);

        Assert.Equal(last, await reopened.CurrentRevisionAsync(Token));
        Assert.Equal(["a=2"], Show(await reopened.RangeAsync(All, Token)));
        Assert.Equal(["a=2", "b=1"], Show(await reopened.RangeAsync(All with { Revision = last - 1 }, Token)));
        await Assert.ThrowsAsync<CompactedException>(async () => await reopened.RangeAsync(All with { Revision = first }, Token));
        await using var watch = new WatchRecorder(reopened, Prefix, second);
        Assert.Equal(["+b=1", "-b<1"], (await watch.EventsAsync(2)).Select(Show));
        var next = await reopened.CommitAsync(new StoreTransaction([], [StoreOperation.Put(Key("c"), Bytes("1"))]), Token);
        Assert.Equal(last + 1, next.Revision);
    }

    [Fact]
    public async Task A_store_in_use_is_refused_and_unharmed()
    {
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => SqliteStore.OpenAsync(DatabasePath, TimeProvider.System, Token));

        Assert.Contains($"'{DatabasePath}' is in use by another process", error.Message, StringComparison.Ordinal);
        await PutAsync("still", "works");
    }

    [Fact]
    public async Task Files_are_for_the_owner_only()
    {
        await PutAsync("a", "1");

        var files = Directory.GetFiles(_folder["data"]);

        Assert.Contains(DatabasePath, files);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["data"]));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_by_name()
    {
        var path = _folder["notes.txt"];
        await File.WriteAllTextAsync(path, new string('x', 5000), Token);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => SqliteStore.OpenAsync(path, TimeProvider.System, Token));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }
}
