using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Feeds;

namespace MiniK8s.Runtime.Hosting;

/// <summary>Caches and followers over one feed, each filled by a reflector that starts when it is first asked for.</summary>
/// <param name="feed">Where the objects come from.</param>
/// <param name="loggers">Logs.</param>
/// <param name="clock">Time of the pauses.</param>
public sealed class Caches(IChangeFeed feed, ILoggerFactory loggers, TimeProvider clock) : ICaches, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<(Type Kind, FeedScope Scope), Lazy<Entry>> _entries = new();
    private readonly ConcurrentBag<Following> _followings = [];

    /// <inheritdoc/>
    public ICache<T> Of<T>(FeedScope? scope = null) where T : class, IResource<T>
    {
        var wanted = scope ?? FeedScope.All;

        // Lazy, so that two callers who ask at once start one feed.
        var entry = _entries.GetOrAdd((typeof(T), wanted), _ => new Lazy<Entry>(() => Start<T>(wanted)));
        return (ICache<T>)entry.Value.Cache;
    }

    /// <inheritdoc/>
    public IFollowing Follow<T>(Action<ObjectKey, T?, DateTimeOffset> changed, FeedScope? scope = null) where T : class, IResource<T>
    {
        var log = loggers.CreateLogger<Reflector<T>>();
        var follower = new Follower<T>(changed, log);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var reflector = new Reflector<T>(feed, follower, scope, log, clock);
        var following = new Following(follower.WaitForSyncAsync, Task.Run(() => reflector.RunAsync(stop.Token)), stop);
        _followings.Add(following);
        return following;
    }

    /// <summary>Stops all feeds; the caches keep what they hold.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var following in _followings) await following.DisposeAsync();
        await Task.WhenAll(_entries.Values.Select(entry => entry.Value.Filling));
        _stop.Dispose();
    }

    private Entry Start<T>(FeedScope scope) where T : class, IResource<T>
    {
        var log = loggers.CreateLogger<Reflector<T>>();
        var cache = new Cache<T>(log);
        var reflector = new Reflector<T>(feed, cache, scope, log, clock);
        return new Entry(cache, Task.Run(() => reflector.RunAsync(_stop.Token)));
    }

    private sealed record Entry(object Cache, Task Filling);

    private sealed class Following(Func<CancellationToken, Task> synced, Task running, CancellationTokenSource stop) : IFollowing
    {
        private bool _isDisposed;

        public Task WaitForSyncAsync(CancellationToken cancellationToken) => synced(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            if (!Interlocked.Exchange(ref _isDisposed, true)) await stop.CancelAsync();
            await running;
            stop.Dispose();
        }
    }
}
