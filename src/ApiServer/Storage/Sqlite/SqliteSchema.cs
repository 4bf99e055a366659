using Microsoft.Data.Sqlite;

namespace MiniK8s.ApiServer.Storage.Sqlite;

/// <summary>
/// The tables. <c>change</c> is the history: one row for each change of a key, and the only place where values lie. <c>live</c>
/// points at the newest change of every key that exists. <c>meta</c> holds single numbers.
/// A change's id is its revision times <see cref="ChangesPerRevision"/> plus its place in the transaction, so that the primary
/// key orders and finds by revision. Keys are blobs: they compare by bytes and may hold any of them.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>Most changes that one transaction may make.</summary>
    internal const long ChangesPerRevision = 4096;

    private const long Format = 1;

    private const string Tables = """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE change (
            id INTEGER PRIMARY KEY,
            key BLOB NOT NULL,
            value BLOB,                 -- null: the key was deleted
            created INTEGER NOT NULL,   -- the revision of the incarnation's first change; 0 for a deletion
            previous INTEGER NOT NULL); -- the id of the change that this one supersedes; 0 for a creation
        CREATE INDEX change_by_key ON change (key, id);
        CREATE TABLE live (key BLOB PRIMARY KEY, id INTEGER NOT NULL, created INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO meta VALUES ('revision', 1), ('compacted', 0), ('purged', 0);
        PRAGMA user_version = 1;
        """;

    /// <summary>The first id of a revision.</summary>
    internal static long FirstId(long revision) => revision * ChangesPerRevision;

    /// <summary>The last id that a revision can have.</summary>
    internal static long LastId(long revision) => FirstId(revision + 1) - 1;

    /// <summary>The revision of a change.</summary>
    internal static long RevisionOf(long id) => id / ChangesPerRevision;

    /// <summary>Opens a connection as the store needs it: acknowledged means synced, readers and the writer do not wait for each other.</summary>
    internal static SqliteConnection Connect(string path)
    {
        SqliteLibrary.EnsureBound();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes the tables in a new database, and refuses one that this program cannot read.</summary>
    internal static void Ensure(SqliteConnection connection)
    {
        using var version = new SqliteStatement(connection, "PRAGMA user_version");
        switch (version.Number())
        {
            case 0:
                Execute(connection, $"BEGIN IMMEDIATE; {Tables} COMMIT;");
                break;
            case Format:
                break;
            case var other:
                throw new StoreUnavailableException($"the store '{connection.DataSource}' has format {other}; this program reads format {Format}");
        }
    }

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
