using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Client.Caching;

/// <summary>
/// The cache that one writer (a <see cref="Reflector{T}"/>, or a test) fills and any number of readers read. Readers see one
/// immutable snapshot behind one reference; writer and subscriptions share a lock that readers never take. A new list is collected
/// beside it and takes its place only when it is complete, so readers never see half of one.
/// </summary>
public sealed partial class Cache<T>(ILogger? log = null) : ICache<T>, IFeedTarget<T> where T : class, IResource<T>
{
    private readonly ILogger _log = log ?? NullLogger.Instance;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CacheSnapshot<T> _snapshot = CacheSnapshot<T>.Empty;

    // Guarded by _gate; replaced, never changed, so that a handler may subscribe or leave while it is called.
    private Subscription[] _subscriptions = [];

    // The list that is coming; the writer's alone.
    private Dictionary<ObjectKey, T>? _incoming;

    /// <inheritdoc/>
    public bool HasSynced => _synced.Task.IsCompleted;

    /// <inheritdoc/>
    public Task WaitForSyncAsync(CancellationToken cancellationToken = default) => _synced.Task.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public T? Get(ObjectKey key) => _snapshot.Get(key);

    /// <inheritdoc/>
    public IReadOnlyCollection<T> List() => _snapshot;

    /// <inheritdoc/>
    public IReadOnlyCollection<T> List(string @namespace) => _snapshot.OfNamespace(@namespace);

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<CacheChange<T>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_gate)
        {
            var subscription = new Subscription(this, handler);
            foreach (var value in _snapshot)
            {
                Call(subscription, new CacheChange<T>(ObjectKey.Of(value), null, value));
            }

            _subscriptions = [.. _subscriptions, subscription];
            return subscription;
        }
    }

    /// <summary>Takes up one object. An object whose version is held already is no change.</summary>
    /// <param name="value">The object.</param>
    /// <param name="time">When it was published; passed on to subscribers.</param>
    public void Apply(T value, DateTimeOffset time = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        var key = ObjectKey.Of(value);
        lock (_gate)
        {
            var previous = _snapshot.Get(key);
            if (!IsSame(previous, value))
            {
                _snapshot = _snapshot.With(key, value);
                Tell(new CacheChange<T>(key, previous, value) { Time = time });
            }
        }
    }

    /// <summary>Drops one object. One that is not held is no change.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="time">When that was published; passed on to subscribers.</param>
    public void Delete(ObjectKey key, DateTimeOffset time = default)
    {
        lock (_gate)
        {
            if (_snapshot.Get(key) is { } previous)
            {
                _snapshot = _snapshot.Without(key);
                Tell(new CacheChange<T>(key, previous, null) { Time = time });
            }
        }
    }

    /// <summary>
    /// Puts a complete list in the place of everything, in one step for readers, and tells subscribers of each difference: also of
    /// the objects that vanished.
    /// </summary>
    public void Replace(IReadOnlyCollection<T> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        lock (_gate)
        {
            var before = _snapshot;
            var after = new Dictionary<ObjectKey, T>(objects.Count);
            foreach (var value in objects)
            {
                var key = ObjectKey.Of(value);
                after[key] = before.Get(key) is { } held && IsSame(held, value) ? held : value;
            }

            _snapshot = CacheSnapshot<T>.Of(after);
            TellDifferences(before, after);
            _synced.TrySetResult();
        }
    }

    void IFeedTarget<T>.Begin() => _incoming = [];

    void IFeedTarget<T>.Add(T value) => _incoming![ObjectKey.Of(value)] = value;

    void IFeedTarget<T>.Complete()
    {
        Replace(_incoming!.Values);
        _incoming = null;
    }

    // Caller holds _gate. Deletions first: what they free may be wanted by what came.
    private void TellDifferences(CacheSnapshot<T> before, Dictionary<ObjectKey, T> after)
    {
        foreach (var previous in before)
        {
            var key = ObjectKey.Of(previous);
            if (!after.ContainsKey(key))
            {
                Tell(new CacheChange<T>(key, previous, null));
            }
        }

        foreach (var (key, value) in after)
        {
            var previous = before.Get(key);
            if (!ReferenceEquals(previous, value))
            {
                Tell(new CacheChange<T>(key, previous, value));
            }
        }
    }

    private static bool IsSame(T? held, T value) =>
        held?.Metadata.ResourceVersion is { Length: > 0 } version
        && version == value.Metadata.ResourceVersion
        && held.Metadata.Uid == value.Metadata.Uid;

    // Caller holds _gate.
    private void Tell(CacheChange<T> change)
    {
        foreach (var subscription in _subscriptions)
        {
            Call(subscription, change);
        }
    }

    private void Call(Subscription subscription, CacheChange<T> change)
    {
        try
        {
            subscription.Handler(change);
        }
        catch (Exception e)
        {
            HandlerFailed(_log, e, T.Info.Kind, change.Key);
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
        }
    }

    private sealed class Subscription(Cache<T> cache, Action<CacheChange<T>> handler) : IDisposable
    {
        internal Action<CacheChange<T>> Handler => handler;

        public void Dispose() => cache.Remove(this);
    }

    [LoggerMessage(3101, LogLevel.Error, "A subscriber failed on the change of {Kind} {Key}")]
    private static partial void HandlerFailed(ILogger logger, Exception e, string kind, ObjectKey key);
}
