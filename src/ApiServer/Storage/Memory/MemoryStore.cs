using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MiniK8s.ApiServer.Storage.Watching;

namespace MiniK8s.ApiServer.Storage.Memory;

/// <summary>
/// The store in this process's memory, with all of the contract but durability: for tests and for embedding. Reads take no lock;
/// a commit holds one for microseconds. History grows by about a kilobyte a commit until it is compacted.
/// </summary>
public sealed class MemoryStore : IStore
{
    private readonly Lock _gate = new();
    private readonly WatchHub _hub;
    private readonly MemoryHistory _history;
    private volatile MemoryVersion _current;
    private volatile StoreUnavailableException? _closed;

    /// <summary>An empty store at revision 1, as a new etcd is.</summary>
    /// <param name="clock">Paces the progress notifications of idle watches.</param>
    public MemoryStore(TimeProvider clock)
    {
        _hub = new WatchHub(clock);

        // Revision 0 exists for watches only: "after 0" is everything.
        _current = new MemoryVersion(0, ImmutableSortedSet.Create<StoreValue>(KeyOrder.Instance), new LogEntry(0, []));
        _history = new MemoryHistory(_current);
        Publish(_current with { Revision = 1, Log = new LogEntry(1, []) });
    }

    /// <inheritdoc/>
    public ValueTask<StoreRead> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        var version = Open(cancellationToken);
        return ValueTask.FromResult(new StoreRead(version.Find(key), version.Revision));
    }

    /// <inheritdoc/>
    public ValueTask<StoreRange> RangeAsync(RangeRequest request, CancellationToken cancellationToken = default)
    {
        var newest = Open(cancellationToken);
        var version = newest;
        if (request.Revision != 0)
        {
            lock (_gate)
            {
                newest = _current;
                version = _history.At(request.Revision);
            }
        }

        var (values, count) = version.Range(request.Start, request.End, request.Limit);
        return ValueTask.FromResult(new StoreRange(values, newest.Revision, count));
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken = default)
    {
        StoreTransactionRules.Check(transaction);
        lock (_gate)
        {
            var current = Open(cancellationToken);
            var (result, next) = MemoryCommit.Apply(current, transaction);
            if (!ReferenceEquals(next, current))
            {
                Publish(next);
            }

            return ValueTask.FromResult(result);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoreBatch> WatchAsync(
        string prefix,
        long afterRevision,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Open(cancellationToken);
        using var watcher = _hub.Attach(prefix);
        LogEntry position;
        lock (_gate)
        {
            position = _history.Before(afterRevision).Log;
        }

        await foreach (var batch in watcher.FollowAsync(position, afterRevision, cancellationToken))
        {
            yield return batch;
        }
    }

    /// <inheritdoc/>
    public ValueTask RequestProgressAsync(CancellationToken cancellationToken = default)
    {
        Open(cancellationToken);
        _hub.RequestProgress();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Open(cancellationToken).Revision);

    /// <inheritdoc/>
    public ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default)
    {
        Open(cancellationToken);
        lock (_gate)
        {
            _history.Compact(revision);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Forgets everything and ends all watches with <see cref="StoreUnavailableException"/>.</summary>
    public ValueTask DisposeAsync()
    {
        _closed = new StoreUnavailableException("the memory store has been closed");
        _hub.Close(_closed);
        return ValueTask.CompletedTask;
    }

    // Caller holds _gate, or is the constructor.
    private void Publish(MemoryVersion next)
    {
        _history.Add(next);
        _current.Log.Append(next.Log);
        _current = next;
        _hub.Publish(next.Log);
    }

    private MemoryVersion Open(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _closed is { } reason ? throw new StoreUnavailableException(reason.Message) : _current;
    }
}
