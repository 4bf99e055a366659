namespace MiniK8s.ApiServer.Cache;

/// <summary>Those who wait until a cache has reached a revision. Guarded by the cache's gate.</summary>
internal sealed class RevisionWaiters
{
    private readonly PriorityQueue<TaskCompletionSource, long> waiting = new();

    /// <summary>A task that completes when the revision is reached.</summary>
    public Task Add(long revision)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Enqueue(source, revision);
        return source.Task;
    }

    /// <summary>Wakes those whose revision is reached.</summary>
    public void Release(long revision)
    {
        while (waiting.TryPeek(out var source, out var wanted) && wanted <= revision)
        {
            waiting.Dequeue();
            source.TrySetResult();
        }
    }
}
