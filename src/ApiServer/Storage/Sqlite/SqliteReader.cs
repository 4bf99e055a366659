using System.Text;
using Microsoft.Data.Sqlite;

namespace MiniK8s.ApiServer.Storage.Sqlite;

/// <summary>One connection that reads; each method sees one snapshot of the database. For one thread at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const int PageSize = 500;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _meta, _get, _range, _count, _rangeAt, _countAt, _changes;

    internal SqliteReader(string path)
    {
        _connection = SqliteSchema.Connect(path);
        _meta = new SqliteStatement(_connection, "SELECT value FROM meta WHERE name = $0");
        _get = new SqliteStatement(_connection, "SELECT c.key, c.value, c.id, c.created FROM live l CROSS JOIN change c ON c.id = l.id WHERE l.key = $0");
        _range = new SqliteStatement(
            _connection,
            "SELECT c.key, c.value, c.id, c.created FROM live l CROSS JOIN change c ON c.id = l.id WHERE l.key >= $0 AND l.key < $1 ORDER BY l.key LIMIT $2");
        _count = new SqliteStatement(_connection, "SELECT count(*) FROM live WHERE key >= $0 AND key < $1");

        const string At = """
            FROM change c WHERE c.key >= $0 AND c.key < $1 AND c.id <= $2 AND c.value IS NOT NULL
            AND c.id = (SELECT max(n.id) FROM change n WHERE n.key = c.key AND n.id <= $2)
            """;
        _rangeAt = new SqliteStatement(_connection, $"SELECT c.key, c.value, c.id, c.created {At} ORDER BY c.key LIMIT $3");
        _countAt = new SqliteStatement(_connection, $"SELECT count(*) {At}");
        _changes = new SqliteStatement(_connection, """
            SELECT c.key, c.value, c.id, c.created, p.value, p.id, p.created FROM change c LEFT JOIN change p ON p.id = c.previous
            WHERE c.id > $0 AND c.id <= $1 ORDER BY c.id
            """);
    }

    /// <summary>One key.</summary>
    internal StoreRead Get(string key) => Snapshot(() =>
    {
        using var rows = _get.Query(Encoding.UTF8.GetBytes(key));
        return new StoreRead(rows.Read() ? Value(rows, 0) : null, _meta.Number("revision"));
    });

    /// <summary>The keys of a range, now or at an old revision.</summary>
    internal StoreRange Range(RangeRequest request) => Snapshot(() =>
    {
        var current = _meta.Number("revision");
        byte[] start = Encoding.UTF8.GetBytes(request.Start), end = Encoding.UTF8.GetBytes(request.End);
        var limit = request.Limit > 0 ? request.Limit : -1L;
        if (request.Revision == 0)
        {
            return new StoreRange(Values(_range.Query(start, end, limit)), current, _count.Number(start, end));
        }

        if (request.Revision > current)
        {
            throw new FutureRevisionException(request.Revision, current);
        }

        ThrowIfCompacted(request.Revision);
        var last = SqliteSchema.LastId(request.Revision);
        return new StoreRange(Values(_rangeAt.Query(start, end, last, limit)), current, _countAt.Number(start, end, last));
    });

    /// <summary>
    /// The changes of whole revisions in <c>(after, until]</c>, all keys, in order: about <see cref="PageSize"/> of them. The
    /// second value is the revision up to which they are complete.
    /// </summary>
    internal (IReadOnlyList<StoreEvent> Changes, long Reached) Changes(long after, long until) => Snapshot(() =>
    {
        ThrowIfCompacted(after);
        var changes = new List<StoreEvent>();
        using var rows = _changes.Query(SqliteSchema.LastId(after), SqliteSchema.LastId(until));
        while (rows.Read())
        {
            var change = Event(rows);
            if (changes.Count >= PageSize && change.Revision > changes[^1].Revision)
            {
                return ((IReadOnlyList<StoreEvent>)changes, changes[^1].Revision);
            }

            changes.Add(change);
        }

        return (changes, until);
    });

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_meta, _get, _range, _count, _rangeAt, _countAt, _changes])
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private void ThrowIfCompacted(long revision)
    {
        var compacted = _meta.Number("compacted");
        if (revision < compacted)
        {
            throw new CompactedException(compacted);
        }
    }

    private T Snapshot<T>(Func<T> read)
    {
        SqliteSchema.Execute(_connection, "BEGIN");
        try
        {
            return read();
        }
        finally
        {
            SqliteSchema.Execute(_connection, "COMMIT");
        }
    }

    private static List<StoreValue> Values(SqliteDataReader rows)
    {
        using (rows)
        {
            var values = new List<StoreValue>();
            while (rows.Read())
            {
                values.Add(Value(rows, 0));
            }

            return values;
        }
    }

    private static StoreEvent Event(SqliteDataReader rows)
    {
        var key = Encoding.UTF8.GetString(rows.GetFieldValue<byte[]>(0));
        var previous = rows.IsDBNull(5)
            ? null
            : new StoreValue(key, rows.GetFieldValue<byte[]>(4), SqliteSchema.RevisionOf(rows.GetInt64(5)), rows.GetInt64(6));
        var value = rows.IsDBNull(1) ? (ReadOnlyMemory<byte>?)null : rows.GetFieldValue<byte[]>(1);
        return new StoreEvent(key, value, previous, SqliteSchema.RevisionOf(rows.GetInt64(2)), rows.GetInt64(3));
    }

    // Columns: key, value, id, created.
    private static StoreValue Value(SqliteDataReader rows, int first) => new(
        Encoding.UTF8.GetString(rows.GetFieldValue<byte[]>(first)),
        rows.GetFieldValue<byte[]>(first + 1),
        SqliteSchema.RevisionOf(rows.GetInt64(first + 2)),
        rows.GetInt64(first + 3));
}
