using System.Collections.Concurrent;

namespace MiniK8s.ApiServer.Storage.Sqlite;

/// <summary>Read connections, as many as there are reads at the same time.</summary>
internal sealed class SqliteReaderPool(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private volatile bool _closed;

    /// <summary>Runs one read on a connection of its own.</summary>
    /// <exception cref="StoreUnavailableException">The store is closed, or SQLite refuses.</exception>
    internal T Read<T>(Func<SqliteReader, T> read)
    {
        if (_closed)
        {
            throw SqliteFailure.Closed(path);
        }

        SqliteReader? reader = null;
        try
        {
            reader = _idle.TryTake(out var idle) ? idle : new SqliteReader(path);
            return read(reader);
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            reader?.Dispose();
            reader = null;
            throw SqliteFailure.From(path, e);
        }
        finally
        {
            if (reader is not null)
            {
                _idle.Add(reader);
            }

            if (_closed)
            {
                DisposeIdle();
            }
        }
    }

    public void Dispose()
    {
        _closed = true;
        DisposeIdle();
    }

    private void DisposeIdle()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}

/// <summary>How failures of the database are told.</summary>
internal static class SqliteFailure
{
    internal static StoreUnavailableException From(string path, Exception cause) => new($"the store '{path}' failed: {cause.Message}", cause);

    internal static StoreUnavailableException Closed(string path) => new($"the store '{path}' has been closed");
}
