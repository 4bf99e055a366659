using Microsoft.Data.Sqlite;

namespace MiniK8s.ApiServer.Storage.Sqlite;

/// <summary>
/// Removes compacted history, a slice at a time, so that writes go on in between. Up to the compacted revision, every change
/// makes the one that it supersedes unreachable, and deletions are not needed themselves.
/// </summary>
internal sealed class SqlitePurge : IDisposable
{
    private const long SliceSize = 1000;

    private readonly SqliteStatement _meta, _setMeta, _sliceEnd, _dropSuperseded, _dropDeletions;

    internal SqlitePurge(SqliteConnection connection)
    {
        _meta = new SqliteStatement(connection, "SELECT value FROM meta WHERE name = $0");
        _setMeta = new SqliteStatement(connection, "UPDATE meta SET value = $1 WHERE name = $0");
        _sliceEnd = new SqliteStatement(connection, "SELECT max(id) FROM (SELECT id FROM change WHERE id > $0 AND id <= $1 ORDER BY id LIMIT $2)");
        _dropSuperseded = new SqliteStatement(
            connection,
            "DELETE FROM change WHERE id IN (SELECT previous FROM change WHERE id > $0 AND id <= $1 AND previous > 0)");
        _dropDeletions = new SqliteStatement(connection, "DELETE FROM change WHERE id > $0 AND id <= $1 AND value IS NULL");
        Pending = _meta.Number("purged") < Bound;
    }

    /// <summary>Whether compacted history is left.</summary>
    internal bool Pending { get; private set; }

    private long Bound => SqliteSchema.LastId(_meta.Number("compacted"));

    /// <summary>Declares history before a revision forgotten; the caller's database transaction makes it durable.</summary>
    internal void Compact(long revision)
    {
        if (revision > _meta.Number("compacted"))
        {
            _setMeta.Execute("compacted", revision);
            Pending = true;
        }
    }

    /// <summary>Removes one slice, within the caller's database transaction.</summary>
    internal void RemoveSlice()
    {
        var from = _meta.Number("purged");
        var bound = Bound;
        var to = _sliceEnd.Number(from, bound, SliceSize);
        Pending = to != 0;
        if (Pending)
        {
            _dropSuperseded.Execute(from, to);
            _dropDeletions.Execute(from, to);
        }

        _setMeta.Execute("purged", Pending ? to : bound);
    }

    /// <summary>Leaves the rest to the next compaction or the next start.</summary>
    internal void Postpone() => Pending = false;

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_meta, _setMeta, _sliceEnd, _dropSuperseded, _dropDeletions])
        {
            statement.Dispose();
        }
    }
}
