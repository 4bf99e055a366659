using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using MiniK8s.ApiServer.Storage.Watching;

namespace MiniK8s.ApiServer.Storage.Sqlite;

/// <summary>
/// The one thread that writes. Whatever has queued up while the disk synced goes into one database transaction, so that
/// many concurrent commits cost one sync; each still has a revision of its own.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int LargestGroup = 256;

    private readonly string _path;
    private readonly Action<LogEntry> _publish;
    private readonly BlockingCollection<SqliteJob> _queue = [];
    private readonly SqliteConnection _connection;
    private readonly SqliteCommit _commit;
    private readonly SqlitePurge _purge;
    private readonly SqliteStatement _revisionOnDisk, _setRevision, _begin, _end;
    private readonly Thread _thread;
    private long _revision;
    private bool _suspect;

    /// <param name="path">The database, with its tables.</param>
    /// <param name="publish">Called on the writer's thread with every change that became durable, in order, before its commit is answered.</param>
    internal SqliteWriter(string path, Action<LogEntry> publish)
    {
        _path = path;
        _publish = publish;
        _connection = SqliteSchema.Connect(path);
        SqliteSchema.Ensure(_connection);
        _commit = new SqliteCommit(_connection);
        _purge = new SqlitePurge(_connection);
        _revisionOnDisk = new SqliteStatement(_connection, "SELECT value FROM meta WHERE name = 'revision'");
        _setRevision = new SqliteStatement(_connection, "UPDATE meta SET value = $0 WHERE name = 'revision'");
        _begin = new SqliteStatement(_connection, "BEGIN IMMEDIATE");
        _end = new SqliteStatement(_connection, "COMMIT");
        _revision = _revisionOnDisk.Number();
        FirstRevision = _revision;
        _thread = new Thread(Run) { IsBackground = true, Name = "store-writer" };
    }

    /// <summary>The revision that the database had when it was opened.</summary>
    internal long FirstRevision { get; }

    internal void Start() => _thread.Start();

    /// <summary>Queues a job and returns its answer.</summary>
    internal Task<CommitResult> EnqueueAsync(SqliteJob job)
    {
        try
        {
            _queue.Add(job, CancellationToken.None);
            return job.Answer;
        }
        catch (InvalidOperationException)
        {
            throw SqliteFailure.Closed(_path);
        }
    }

    /// <summary>Finishes what is queued and closes the database.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            CloseDatabase();
        }
        else
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        while (NextGroup() is { } group)
        {
            if (group.Count > 0)
            {
                RunGroup(group);
            }

            if (_purge.Pending)
            {
                RemoveSlice();
            }
        }

        CloseDatabase();
    }

    // Null when the store is closing and the queue empty; without jobs when there is only compacted history to remove.
    private List<SqliteJob>? NextGroup()
    {
        var group = new List<SqliteJob>();
        if (!_queue.TryTake(out var job, _purge.Pending ? 0 : Timeout.Infinite))
        {
            return _queue.IsCompleted ? null : group;
        }

        do
        {
            group.Add(job);
        }
        while (group.Count < LargestGroup && _queue.TryTake(out job));
        return group;
    }

    private void RunGroup(List<SqliteJob> group)
    {
        List<SqliteOutcome> outcomes;
        try
        {
            Recover();
            outcomes = Write(group);
        }
        catch (Exception e)
        {
            _suspect = true;
            var failure = SqliteFailure.From(_path, e);
            group.ForEach(job => job.Fail(failure));
            return;
        }

        foreach (var entry in outcomes.Select(outcome => outcome.Entry).OfType<LogEntry>())
        {
            _revision = entry.Revision;
            _publish(entry);
        }

        foreach (var outcome in outcomes)
        {
            Answer(outcome);
        }
    }

    private List<SqliteOutcome> Write(List<SqliteJob> group)
    {
        var outcomes = new List<SqliteOutcome>(group.Count);
        _begin.Execute();
        var revision = _revision;
        foreach (var job in group.Where(job => !job.IsAbandoned))
        {
            var outcome = job.Transaction is { } transaction ? Commit(job, transaction, revision) : Compact(job, revision);
            revision = outcome.Entry?.Revision ?? revision;
            outcomes.Add(outcome);
        }

        if (revision != _revision)
        {
            _setRevision.Execute(revision);
        }

        _end.Execute();
        return outcomes;
    }

    private SqliteOutcome Commit(SqliteJob job, StoreTransaction transaction, long revision)
    {
        var (result, entry) = _commit.Apply(transaction, revision);
        return new SqliteOutcome(job, result, null, entry);
    }

    private SqliteOutcome Compact(SqliteJob job, long revision)
    {
        if (job.CompactRevision > revision)
        {
            return new SqliteOutcome(job, null, new FutureRevisionException(job.CompactRevision, revision), null);
        }

        _purge.Compact(job.CompactRevision);
        return new SqliteOutcome(job, new CommitResult(true, revision, []), null, null);
    }

    private static void Answer(SqliteOutcome outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            outcome.Job.Fail(refusal);
        }
        else if (outcome.Result is { } result)
        {
            outcome.Job.Complete(result);
        }
    }

    private void RemoveSlice()
    {
        try
        {
            _begin.Execute();
            _purge.RemoveSlice();
            _end.Execute();
        }
        catch (SqliteException)
        {
            // Harmless: the next compaction, or the next start, tries again.
            _purge.Postpone();
            _suspect = true;
        }
    }

    // After a failure. A sync that failed may have written all the same; then the log must hear of it, or watchers would miss
    // changes. While this fails too, nothing is written.
    private void Recover()
    {
        if (!_suspect)
        {
            return;
        }

        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            SqliteSchema.Execute(_connection, "ROLLBACK");
        }

        PublishFromDisk();
        _suspect = false;
    }

    private void PublishFromDisk()
    {
        using var reader = new SqliteReader(_path);
        var onDisk = _revisionOnDisk.Number();
        while (_revision < onDisk)
        {
            var (changes, reached) = reader.Changes(_revision, onDisk);
            foreach (var revision in changes.GroupBy(change => change.Revision))
            {
                _publish(new LogEntry(revision.Key, [.. revision]));
            }

            _revision = reached;
        }
    }

    private void CloseDatabase()
    {
        foreach (var part in (IDisposable[])[_commit, _purge, _revisionOnDisk, _setRevision, _begin, _end, _connection])
        {
            part.Dispose();
        }
    }
}
