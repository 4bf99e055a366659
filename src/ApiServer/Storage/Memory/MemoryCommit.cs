using MiniK8s.ApiServer.Storage.Watching;

namespace MiniK8s.ApiServer.Storage.Memory;

/// <summary>Computes the version that a transaction makes of another; changes nothing itself.</summary>
internal static class MemoryCommit
{
    /// <summary>The answer to a transaction, and the version after it: the same one where it changes nothing.</summary>
    internal static (CommitResult Result, MemoryVersion Version) Apply(MemoryVersion current, StoreTransaction transaction)
    {
        foreach (var condition in transaction.Conditions)
        {
            if ((current.Find(condition.Key)?.ModRevision ?? 0) != condition.ModRevision)
            {
                return (new CommitResult(false, current.Revision, [.. transaction.Conditions.Select(lost => current.Find(lost.Key))]), current);
            }
        }

        var next = Change(current, transaction.Operations);
        return (new CommitResult(true, next.Revision, []), next);
    }

    private static MemoryVersion Change(MemoryVersion current, IReadOnlyList<StoreOperation> operations)
    {
        var revision = current.Revision + 1;
        var values = current.Values.ToBuilder();
        var events = new List<StoreEvent>(operations.Count);
        foreach (var (key, bytes) in operations)
        {
            var previous = current.Find(key);
            if (bytes is null && previous is null)
            {
                continue;
            }

            if (previous is not null)
            {
                values.Remove(previous);
            }

            var created = bytes is null ? 0 : previous?.CreateRevision ?? revision;
            if (bytes is { } put)
            {
                values.Add(new StoreValue(key, put, revision, created));
            }

            events.Add(new StoreEvent(key, bytes, previous, revision, created));
        }

        // As in etcd: a transaction without effect makes no revision.
        return events.Count == 0 ? current : new MemoryVersion(revision, values.ToImmutable(), new LogEntry(revision, events));
    }
}
