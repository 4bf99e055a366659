namespace MiniK8s.ApiServer.Cache;

/// <summary>Those who wait until a cache has reached a revision. Guarded by the cache's gate.</summary>
internal sealed class RevisionWaiters
{
    private readonly HashSet<RevisionWaiter> waiting = [];

    /// <summary>How many wait.</summary>
    public int Count => waiting.Count;

    /// <summary>Begins to wait.</summary>
    public RevisionWaiter Add(long revision)
    {
        var waiter = new RevisionWaiter(revision);
        waiting.Add(waiter);
        return waiter;
    }

    /// <summary>Ceases to wait: a revision that never comes must leave nothing behind.</summary>
    public void Remove(RevisionWaiter waiter) => waiting.Remove(waiter);

    /// <summary>Wakes those whose revision is reached.</summary>
    public void Release(long revision)
    {
        if (waiting.Count == 0) return;
        waiting.RemoveWhere(waiter =>
        {
            if (waiter.Revision > revision) return false;
            waiter.Reached.TrySetResult();
            return true;
        });
    }
}

/// <summary>One who waits for a revision.</summary>
internal sealed class RevisionWaiter(long revision)
{
    /// <summary>What is waited for.</summary>
    public long Revision => revision;

    /// <summary>Completes when it is reached.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
