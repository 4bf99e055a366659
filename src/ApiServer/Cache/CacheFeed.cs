using System.Text.Json;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Cache;

/// <summary>
/// Keeps a <see cref="WatchCache"/> at the store's heels: reads all objects once, then follows the store's watch from there. It
/// survives every failure of the store, resumes where it was, and begins anew only when the store has compacted that away.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="prefix">The beginning of the keys, with a slash at the end.</param>
/// <param name="cache">What it fills.</param>
/// <param name="fieldReader">Knows the selectable fields of the kind.</param>
/// <param name="logger">Where failures are reported.</param>
internal sealed class CacheFeed(IStore store, string prefix, WatchCache cache, IFieldReader fieldReader, ILogger logger)
{
    private const int PageSize = 2_000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        var failing = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            var began = cache.Current.Revision;
            try
            {
                if (!cache.Ready.IsCompleted) cache.Reset(await ReadAsync(0, cancellationToken));
                await FollowAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                if (cache.Current.Revision > began) (pause, failing) = (FirstPause, false);
                if (!failing) logger.LogWarning(problem, "The watch of {Prefix} broke at revision {Revision}; it will be resumed", prefix, cache.Current.Revision);
                failing = true;
                if (problem is CompactedException) await RestartAsync(cancellationToken);
                await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>All objects as the store has them, now or at a revision.</summary>
    /// <param name="revision">The revision; 0 for now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CompactedException">The revision is too old.</exception>
    public async Task<CacheSnapshot> ReadAsync(long revision, CancellationToken cancellationToken)
    {
        var objects = CacheSnapshot.Empty.Objects.ToBuilder();
        var start = prefix;
        while (true)
        {
            var page = await store.RangeAsync(new RangeRequest(start, StoreKeys.PrefixEnd(prefix), PageSize, revision), cancellationToken);
            if (revision == 0) revision = page.Revision;
            foreach (var value in page.Values)
            {
                if (Read(value.Key, value.Value, value.ModRevision) is { } found) objects.Add(found);
            }

            if (page.Values.Count < PageSize) return new CacheSnapshot(revision, objects.ToImmutable());
            start = page.Values[^1].Key + "\0";
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var batch in store.WatchAsync(prefix, cache.Current.Revision, cancellationToken))
        {
            var changes = new List<CacheEvent>(batch.Events.Count);
            foreach (var change in batch.Events)
            {
                if (Translate(change) is { } translated) changes.Add(translated);
            }

            cache.Apply(batch.Revision, changes);
        }
    }

    private async Task RestartAsync(CancellationToken cancellationToken)
    {
        try
        {
            cache.Reset(await ReadAsync(0, cancellationToken));
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            logger.LogWarning(problem, "The objects under {Prefix} could not be read; retrying", prefix);
        }
    }

    /// <summary>The change, given what the cache holds: a value that could not be read is as if it were not there.</summary>
    private CacheEvent? Translate(StoreEvent change)
    {
        var previous = cache.Current.Find(change.Key[prefix.Length..]);
        var current = change.Value is { } value ? Read(change.Key, value, change.Revision) : null;
        return (previous, current) switch
        {
            (null, null) => null,
            (null, { } added) => new CacheEvent(ChangeType.Added, added, null),
            ({ } before, null) => new CacheEvent(ChangeType.Deleted, before.At(change.Revision), before),
            ({ } before, { } after) => new CacheEvent(ChangeType.Modified, after, before),
        };
    }

    private CachedObject? Read(string key, ReadOnlyMemory<byte> value, long revision)
    {
        try
        {
            return CachedObject.FromStore(key[prefix.Length..], revision, value.Span, fieldReader);
        }
        catch (JsonException problem)
        {
            logger.LogError(problem, "The value at {Key} is no object of the API and is left out; delete it by name", key);
            return null;
        }
    }
}
