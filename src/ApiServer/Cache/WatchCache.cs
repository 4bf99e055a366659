using MiniK8s.Api.Errors;

namespace MiniK8s.ApiServer.Cache;

/// <summary>
/// All objects of one resource and their recent changes. One feed writes; readers take <see cref="Current"/>, an immutable
/// snapshot, without a lock. The gate is held by the feed while it applies a batch, and by a watch while it subscribes, so that a
/// watch sees each change once: in its backlog or in its channel.
/// </summary>
internal sealed class WatchCache(WatchCacheOptions options)
{
    private readonly Lock gate = new();
    private readonly EventLog log = new(options.History);
    private readonly SubscriptionIndex subscriptions = new();
    private readonly RevisionWaiters waiters = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CacheSnapshot current = CacheSnapshot.Empty;

    /// <summary>The newest state that the feed has brought.</summary>
    public CacheSnapshot Current => current;

    /// <summary>Completes when the cache has been filled for the first time.</summary>
    public Task Ready => ready.Task;

    /// <summary>How many watches are open.</summary>
    public int Watches
    {
        get
        {
            lock (gate) return subscriptions.Count;
        }
    }

    /// <summary>How many readers wait for a revision.</summary>
    public int Waiters
    {
        get
        {
            lock (gate) return waiters.Count;
        }
    }

    /// <summary>Puts a new state in the place of the old one, as after a compaction. Watches end: they cannot be told what happened in between.</summary>
    public void Reset(CacheSnapshot snapshot)
    {
        lock (gate)
        {
            log.Reset(snapshot.Revision);
            current = snapshot;
            foreach (var subscription in subscriptions.All()) Close(subscription, "the server has read its state anew");
            waiters.Release(snapshot.Revision);
        }

        ready.TrySetResult();
    }

    /// <summary>Applies the changes of one revision, or, where there are none, the knowledge that nothing is outstanding up to it.</summary>
    public void Apply(long revision, IReadOnlyList<CacheEvent> changes)
    {
        lock (gate)
        {
            var objects = current.Objects;
            foreach (var change in changes)
            {
                if (change.Previous is { } previous) objects = objects.Remove(previous);
                if (change.Type != ChangeType.Deleted) objects = objects.Add(change.Current);
                log.Append(change);
            }

            current = new CacheSnapshot(Math.Max(revision, current.Revision), objects);
            foreach (var change in changes) Dispatch(change);
            waiters.Release(current.Revision);
        }
    }

    /// <summary>Opens a watch of the changes after a revision.</summary>
    /// <exception cref="ApiException">410: the changes since then are no longer known.</exception>
    public Subscription Subscribe(ObjectFilter filter, long after)
    {
        lock (gate)
        {
            if (after < log.Start) throw ApiErrors.TooOldResourceVersion(after, log.Start);
            var backlog = new List<WatchItem>();
            foreach (var change in log.Resume(after))
            {
                if (InNamespace(change, filter) && filter.Translate(change) is { } type) backlog.Add(new WatchItem(type, change, change.Revision));
            }

            var subscription = new Subscription(filter, after, options.Buffer, Unsubscribe) { Backlog = backlog };
            subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Sends every watch a bookmark.</summary>
    public void Bookmark()
    {
        lock (gate)
        {
            foreach (var subscription in subscriptions.All()) subscription.OfferBookmark(current.Revision);
        }
    }

    /// <summary>Waits until the cache has everything up to a revision.</summary>
    /// <returns>Completes with the state; is cancelled by the token.</returns>
    public async ValueTask<CacheSnapshot> AtLeastAsync(long revision, CancellationToken cancellationToken)
    {
        await ready.Task.WaitAsync(cancellationToken);
        if (current.Revision >= revision) return current;
        RevisionWaiter waiter;
        lock (gate)
        {
            if (current.Revision >= revision) return current;
            waiter = waiters.Add(revision);
        }

        try
        {
            await waiter.Reached.Task.WaitAsync(cancellationToken);
            return current;
        }
        finally
        {
            lock (gate) waiters.Remove(waiter);
        }
    }

    /// <summary>The state at an earlier revision, from the changes since; null where they are no longer known.</summary>
    public CacheSnapshot? At(long revision)
    {
        CacheSnapshot newest;
        CacheEvent[] later;
        lock (gate)
        {
            if (revision < log.Start || revision > current.Revision) return null;
            (newest, later) = (current, log.After(revision));
        }

        var objects = newest.Objects.ToBuilder();
        foreach (var change in later.AsEnumerable().Reverse())
        {
            objects.Remove(change.Current);
            if (change.Previous is { } previous) objects.Add(previous);
        }

        return new CacheSnapshot(revision, objects.ToImmutable());
    }

    private void Dispatch(CacheEvent change)
    {
        List<Subscription>? slow = null;
        foreach (var subscription in subscriptions.For(change.Current.Namespace))
        {
            if (!subscription.Offer(change)) (slow ??= []).Add(subscription);
        }

        foreach (var subscription in slow ?? []) Close(subscription, "the watch was too slow and missed changes");
    }

    private void Close(Subscription subscription, string why)
    {
        subscriptions.Remove(subscription);
        subscription.Close(ApiErrors.ResourceExpired(why));
    }

    private void Unsubscribe(Subscription subscription)
    {
        lock (gate) subscriptions.Remove(subscription);
    }

    private static bool InNamespace(CacheEvent change, ObjectFilter filter) =>
        filter.Namespace.Length == 0 || change.Current.Namespace.SequenceEqual(filter.Namespace);
}
