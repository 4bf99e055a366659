using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Cache;

/// <summary>How far the store is, asked once for all who want to know at the same time.</summary>
internal sealed class StoreFreshness(IStore store)
{
    private readonly Coalescer<long> revision = new(() => store.CurrentRevisionAsync().AsTask());
    private readonly Coalescer<bool> progress = new(async () =>
    {
        await store.RequestProgressAsync();
        return true;
    });

    /// <summary>The revision of the newest commit; every write acknowledged before the call is in it.</summary>
    public Task<long> CurrentRevisionAsync(CancellationToken cancellationToken) => revision.GetAsync(cancellationToken);

    /// <summary>Makes the store tell its watches how far they are.</summary>
    public Task RequestProgressAsync(CancellationToken cancellationToken) => progress.GetAsync(cancellationToken);
}
