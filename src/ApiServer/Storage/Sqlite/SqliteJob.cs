using MiniK8s.ApiServer.Storage.Watching;

namespace MiniK8s.ApiServer.Storage.Sqlite;

/// <summary>Something that waits for the writer. It is answered when the database transaction that carried it is durable.</summary>
internal sealed class SqliteJob(StoreTransaction? transaction, long compactRevision, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<CommitResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The commit to make; null where this is a compaction.</summary>
    internal StoreTransaction? Transaction => transaction;

    /// <summary>The revision to compact to; 0 where this is a commit.</summary>
    internal long CompactRevision => compactRevision;

    /// <summary>Whether the caller no longer waits, so that the job need not be begun.</summary>
    internal bool IsAbandoned => cancellationToken.IsCancellationRequested;

    internal Task<CommitResult> Answer => _answer.Task.WaitAsync(cancellationToken);

    internal void Complete(CommitResult result) => _answer.TrySetResult(result);

    internal void Fail(Exception reason) => _answer.TrySetException(reason);
}

/// <summary>What a job came to within a group: its answer, or its refusal, and its entry for the log.</summary>
internal readonly record struct SqliteOutcome(SqliteJob Job, CommitResult? Result, Exception? Refusal, LogEntry? Entry);
