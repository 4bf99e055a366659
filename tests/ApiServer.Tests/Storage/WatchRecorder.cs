using MiniK8s.ApiServer.Storage;
using MiniK8s.TestKit;

namespace MiniK8s.ApiServer.Tests.Storage;

/// <summary>Runs a watch in the background and keeps what it delivers.</summary>
internal sealed class WatchRecorder : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<StoreBatch> _batches = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    internal WatchRecorder(IStore store, string prefix, long afterRevision) => _run = Task.Run(() => RunAsync(store, prefix, afterRevision));

    /// <summary>Everything delivered so far, progress notifications included.</summary>
    internal IReadOnlyList<StoreBatch> Batches
    {
        get
        {
            lock (_gate)
            {
                return [.. _batches];
            }
        }
    }

    /// <summary>All changes so far, in order.</summary>
    internal IReadOnlyList<StoreEvent> Events => [.. Batches.SelectMany(batch => batch.Events)];

    /// <summary>Waits until so many changes have come.</summary>
    internal async Task<IReadOnlyList<StoreEvent>> EventsAsync(int count)
    {
        await UntilAsync(() => Events.Count >= count, $"the watch delivers {count} changes");
        return Events;
    }

    /// <summary>Waits until a progress notification at or past a revision has come.</summary>
    internal Task ProgressAsync(long revision) =>
        UntilAsync(() => Batches.Any(batch => batch.Events.Count == 0 && batch.Revision >= revision), $"the watch reports progress to {revision}");

    /// <summary>Waits for the exception that ends the watch.</summary>
    internal async Task<T> EndsWithAsync<T>()
        where T : Exception =>
        await Assert.ThrowsAsync<T>(() => _run.WaitAsync(Eventually.DefaultTimeout));

    /// <summary>Revisions rise from one batch of changes to the next, and a progress notification is never ahead of a change that follows it.</summary>
    internal void AssertOrdered()
    {
        var reached = 0L;
        foreach (var batch in Batches)
        {
            Assert.True(
                batch.Events.Count == 0 ? batch.Revision >= reached : batch.Revision > reached,
                $"a batch of {batch.Events.Count} at {batch.Revision} after {reached}");
            Assert.All(batch.Events, change => Assert.Equal(batch.Revision, change.Revision));
            reached = batch.Revision;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task UntilAsync(Func<bool> condition, string because)
    {
        await Eventually.TrueAsync(() => _run.IsCompleted || condition(), because);
        if (!condition())
        {
            await _run;
            Assert.Fail($"the watch ended, but not: {because}");
        }
    }

    private async Task RunAsync(IStore store, string prefix, long afterRevision)
    {
        try
        {
            await foreach (var batch in store.WatchAsync(prefix, afterRevision, _stop.Token))
            {
                lock (_gate)
                {
                    _batches.Add(batch);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
    }
}
