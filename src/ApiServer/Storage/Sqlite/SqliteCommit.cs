using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using MiniK8s.ApiServer.Storage.Watching;

namespace MiniK8s.ApiServer.Storage.Sqlite;

/// <summary>Applies store transactions on the writer's connection, within the database transaction that the writer has begun.</summary>
internal sealed class SqliteCommit : IDisposable
{
    private readonly SqliteStatement _find, _modified, _insert, _setLive, _dropLive;

    internal SqliteCommit(SqliteConnection connection)
    {
        _find = new SqliteStatement(connection, "SELECT c.value, c.id, c.created FROM live l CROSS JOIN change c ON c.id = l.id WHERE l.key = $0");
        _modified = new SqliteStatement(connection, "SELECT id FROM live WHERE key = $0");
        _insert = new SqliteStatement(connection, "INSERT INTO change (id, key, value, created, previous) VALUES ($0, $1, $2, $3, $4)");
        _setLive = new SqliteStatement(connection, "INSERT INTO live VALUES ($0, $1, $2) ON CONFLICT (key) DO UPDATE SET id = excluded.id");
        _dropLive = new SqliteStatement(connection, "DELETE FROM live WHERE key = $0");
    }

    /// <summary>The answer to a transaction, and its entry for the log where it changed something.</summary>
    /// <param name="transaction">What to do.</param>
    /// <param name="revision">The revision before it.</param>
    internal (CommitResult Result, LogEntry? Entry) Apply(StoreTransaction transaction, long revision)
    {
        foreach (var condition in transaction.Conditions)
        {
            if (SqliteSchema.RevisionOf(_modified.Number(Encoding.UTF8.GetBytes(condition.Key))) != condition.ModRevision)
            {
                var current = transaction.Conditions.Select(lost => Find(lost.Key, Encoding.UTF8.GetBytes(lost.Key)));
                return (new CommitResult(false, revision, [.. current]), null);
            }
        }

        var events = new List<StoreEvent>(transaction.Operations.Count);
        foreach (var operation in transaction.Operations)
        {
            if (Change(operation, revision + 1, events.Count) is { } change)
            {
                events.Add(change);
            }
        }

        // As in etcd: a transaction without effect makes no revision.
        return events.Count == 0
            ? (new CommitResult(true, revision, []), null)
            : (new CommitResult(true, revision + 1, []), new LogEntry(revision + 1, events));
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_find, _modified, _insert, _setLive, _dropLive])
        {
            statement.Dispose();
        }
    }

    private StoreEvent? Change(StoreOperation operation, long revision, int place)
    {
        var key = Encoding.UTF8.GetBytes(operation.Key);
        var previous = Find(operation.Key, key);
        var superseded = previous is null ? 0 : _modified.Number(key);
        var id = SqliteSchema.FirstId(revision) + place;
        if (operation.Value is { } value)
        {
            var created = previous?.CreateRevision ?? revision;
            _insert.Execute(id, key, Array(value), created, superseded);
            _setLive.Execute(key, id, created);
            return new StoreEvent(operation.Key, value, previous, revision, created);
        }

        if (previous is null)
        {
            return null;
        }

        _insert.Execute(id, key, null, 0L, superseded);
        _dropLive.Execute(key);
        return new StoreEvent(operation.Key, null, previous, revision, 0);
    }

    private StoreValue? Find(string name, byte[] key)
    {
        using var rows = _find.Query(key);
        return rows.Read()
            ? new StoreValue(name, rows.GetFieldValue<byte[]>(0), SqliteSchema.RevisionOf(rows.GetInt64(1)), rows.GetInt64(2))
            : null;
    }

    private static byte[] Array(ReadOnlyMemory<byte> value) =>
        MemoryMarshal.TryGetArray(value, out var segment) && segment.Offset == 0 && segment.Array is { } array && array.Length == segment.Count
            ? array
            : value.ToArray();
}
