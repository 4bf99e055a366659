using MiniK8s.Api;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Client.Caching;

/// <summary>The objects of one kind as a feed last showed them. Reads take no lock and never wait.</summary>
public interface ICache<T> where T : class, IResource<T>
{
    /// <summary>Whether the first list is complete.</summary>
    bool HasSynced { get; }

    /// <summary>Waits for the first complete list.</summary>
    Task WaitForSyncAsync(CancellationToken cancellationToken = default);

    /// <summary>One object, or null.</summary>
    T? Get(ObjectKey key);

    /// <summary>All objects; a snapshot.</summary>
    IReadOnlyCollection<T> List();

    /// <summary>The objects of one namespace; a snapshot.</summary>
    IReadOnlyCollection<T> List(string @namespace);

    /// <summary>
    /// Calls <paramref name="handler"/> for each object that is there now and for every change from then on, in order, from the
    /// thread of the feed: it must be short and must not throw. Dispose the answer to stop.
    /// </summary>
    IDisposable Subscribe(Action<CacheChange<T>> handler);
}

/// <summary>A change in a cache.</summary>
/// <param name="Key">The object's key.</param>
/// <param name="Previous">What the cache held before; null for a new object.</param>
/// <param name="Current">What it holds now; null for an object that is gone.</param>
public readonly record struct CacheChange<T>(ObjectKey Key, T? Previous, T? Current) where T : class, IResource<T>
{
    /// <summary>When it was published, as the feed tells (see <see cref="Feeds.FeedEvent{T}.Time"/>); the default value for what a list brought.</summary>
    public DateTimeOffset Time { get; init; }
}
