using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Cache;

/// <summary>
/// Reads a resource at the freshness that a request asks for. Consistent reads are served by the cache too: the store tells its
/// revision, the cache waits until it has it (KEP-2340), and only a cache that cannot keep up sends the reader to the store.
/// </summary>
/// <param name="cache">The cache.</param>
/// <param name="feed">Reads from the store where the cache cannot serve.</param>
/// <param name="freshness">The store's revision, asked once for many readers.</param>
/// <param name="options">The bounds.</param>
/// <param name="clock">Time.</param>
internal sealed class CacheReader(WatchCache cache, CacheFeed feed, StoreFreshness freshness, WatchCacheOptions options, TimeProvider clock)
{
    private static readonly TimeSpan NudgeInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The cache.</summary>
    public WatchCache Cache => cache;

    /// <summary>A state that contains every write acknowledged before the call.</summary>
    public async ValueTask<CacheSnapshot> ConsistentAsync(CancellationToken cancellationToken)
    {
        var revision = await freshness.CurrentRevisionAsync(cancellationToken);
        return cache.Current is var snapshot && snapshot.Revision >= revision && cache.Ready.IsCompleted
            ? snapshot
            : await CatchUpAsync(revision, cancellationToken) ?? await feed.ReadAsync(0, cancellationToken);
    }

    /// <summary>A state no older than a revision; null when the store does not get there in time.</summary>
    public async ValueTask<CacheSnapshot?> NotOlderThanAsync(long revision, CancellationToken cancellationToken) =>
        await CatchUpAsync(revision, cancellationToken);

    /// <summary>The state at exactly a revision.</summary>
    /// <exception cref="CompactedException">The revision is too old.</exception>
    /// <exception cref="FutureRevisionException">The revision does not exist yet.</exception>
    public async ValueTask<CacheSnapshot> AtAsync(long revision, CancellationToken cancellationToken) =>
        cache.At(revision) ?? await feed.ReadAsync(revision, cancellationToken);

    private async ValueTask<CacheSnapshot?> CatchUpAsync(long revision, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.ReadTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var waiting = cache.AtLeastAsync(revision, both.Token).AsTask();
        try
        {
            while (!waiting.IsCompleted)
            {
                await freshness.RequestProgressAsync(both.Token);
                await Task.WhenAny(waiting, Task.Delay(NudgeInterval, clock, both.Token));
            }

            return await waiting;
        }
        catch (StoreUnavailableException)
        {
            // The wait ends with the question; otherwise it would stay for a revision that may never come.
            await both.CancelAsync();
            throw;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
