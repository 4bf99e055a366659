using System.Runtime.CompilerServices;
using MiniK8s.ApiServer.Storage.Watching;

namespace MiniK8s.ApiServer.Storage.Sqlite;

/// <summary>
/// The embedded durable store: one SQLite database in WAL mode, owned by one process. An acknowledged commit has been synced.
/// Reads run beside writes; watches live in this process and replay from the history table.
/// </summary>
public sealed class SqliteStore : IStore
{
    private readonly SqliteFile _file;
    private readonly SqliteReaderPool _readers;
    private readonly SqliteWriter _writer;
    private readonly WatchHub _hub;
    private volatile LogEntry _newest;
    private int _disposed;

    private SqliteStore(SqliteFile file, TimeProvider clock)
    {
        _file = file;
        _hub = new WatchHub(clock);
        _readers = new SqliteReaderPool(file.FullPath);
        _writer = new SqliteWriter(file.FullPath, Publish);
        _newest = new LogEntry(_writer.FirstRevision, []);
        _writer.Start();
    }

    /// <summary>Opens a database, or makes a new one at revision 1, as a new etcd is.</summary>
    /// <param name="path">The database file. It and the directory, where missing, are made for the owner only (0600, 0700).</param>
    /// <param name="clock">Paces the progress notifications of idle watches.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="StoreUnavailableException">Another process has it open, or it cannot be read.</exception>
    public static Task<SqliteStore> OpenAsync(string path, TimeProvider clock, CancellationToken cancellationToken = default) =>
        Task.Run(() => Open(path, clock), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoreRead> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_readers.Read(reader => reader.Get(key)));
    }

    /// <inheritdoc/>
    public ValueTask<StoreRange> RangeAsync(RangeRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_readers.Read(reader => reader.Range(request)));
    }

    /// <inheritdoc/>
    public async ValueTask<CommitResult> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken = default)
    {
        StoreTransactionRules.Check(transaction);
        if (transaction.Operations.Count > SqliteSchema.ChangesPerRevision)
        {
            throw new ArgumentException($"{transaction.Operations.Count} operations; a transaction may have {SqliteSchema.ChangesPerRevision}", nameof(transaction));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await _writer.EnqueueAsync(new SqliteJob(transaction, 0, cancellationToken));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoreBatch> WatchAsync(
        string prefix,
        long afterRevision,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var watcher = _hub.Attach(prefix);

        // From this entry on the log in memory has everything; what lies before it is in the database.
        var position = _newest;
        for (var reached = afterRevision; reached < position.Revision;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var after = reached;
            (var changes, reached) = _readers.Read(reader => reader.Changes(after, position.Revision));
            foreach (var revision in changes.GroupBy(change => change.Revision))
            {
                if (new LogEntry(revision.Key, [.. revision]).Match(prefix) is { } batch)
                {
                    yield return batch;
                }
            }
        }

        await foreach (var batch in watcher.FollowAsync(position, afterRevision, cancellationToken))
        {
            yield return batch;
        }
    }

    /// <inheritdoc/>
    public async ValueTask RequestProgressAsync(CancellationToken cancellationToken = default)
    {
        // A read may have seen a commit that the log has not got yet; behind an empty commit it has.
        await CommitAsync(new StoreTransaction([], []), cancellationToken);
        _hub.RequestProgress();
    }

    /// <inheritdoc/>
    public ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfClosed();
        return ValueTask.FromResult(_newest.Revision);
    }

    /// <inheritdoc/>
    public async ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default)
    {
        if (revision > 0)
        {
            await _writer.EnqueueAsync(new SqliteJob(null, revision, cancellationToken));
        }
    }

    /// <summary>Finishes the commits under way, ends all watches with <see cref="StoreUnavailableException"/> and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await Task.Run(_writer.Dispose);
            _hub.Close(SqliteFailure.Closed(_file.FullPath));
            _readers.Dispose();
            _file.Dispose();
        }
    }

    private static SqliteStore Open(string path, TimeProvider clock)
    {
        var file = SqliteFile.Open(path);
        try
        {
            return new SqliteStore(file, clock);
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            file.Dispose();
            throw SqliteFailure.From(file.FullPath, e);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // On the writer's thread, in the order of the revisions.
    private void Publish(LogEntry entry)
    {
        _newest.Append(entry);
        _newest = entry;
        _hub.Publish(entry);
    }

    private void ThrowIfClosed()
    {
        if (Volatile.Read(ref _disposed) != 0)
        {
            throw SqliteFailure.Closed(_file.FullPath);
        }
    }
}
