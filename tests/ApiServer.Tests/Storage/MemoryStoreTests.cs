using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Memory;

namespace MiniK8s.ApiServer.Tests.Storage;

public sealed class MemoryStoreTests : StoreContract
{
    protected override Task<IStore> OpenAsync() => Task.FromResult<IStore>(new MemoryStore(TimeProvider.System));

    [Fact]
    public async Task A_new_store_is_at_revision_one() => Assert.Equal(1, await Store.CurrentRevisionAsync(Token));
}
