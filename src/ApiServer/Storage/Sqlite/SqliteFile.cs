namespace MiniK8s.ApiServer.Storage.Sqlite;

/// <summary>The database file of one process: readable by its owner only, and locked against a second process.</summary>
internal sealed class SqliteFile : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private SqliteFile(string path, FileStream fileLock)
    {
        FullPath = path;
        _lock = fileLock;
    }

    internal string FullPath { get; }

    /// <summary>Creates what is missing and takes the lock.</summary>
    /// <exception cref="StoreUnavailableException">Another process has the lock, or the file system refuses.</exception>
    internal static SqliteFile Open(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            if (Path.GetDirectoryName(full) is { } directory && !Directory.Exists(directory))
            {
                Directory.CreateDirectory(directory, OwnerDirectory);
            }

            var fileLock = Lock(full);
            try
            {
                // SQLite gives its -wal and -shm files the mode of the database file.
                using (Create(full, FileMode.OpenOrCreate, FileShare.ReadWrite))
                {
                    File.SetUnixFileMode(full, OwnerFile);
                }

                return new SqliteFile(full, fileLock);
            }
            catch
            {
                fileLock.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"cannot open the store '{full}': {e.Message}", e);
        }
    }

    public void Dispose() => _lock.Dispose();

    // The kernel drops the lock (flock) with the process, however it ends; the empty file stays.
    private static FileStream Lock(string path)
    {
        var lockPath = path + ".lock";
        try
        {
            return Create(lockPath, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException e) when (File.Exists(lockPath))
        {
            throw new StoreUnavailableException($"the store '{path}' is in use by another process, which holds '{lockPath}'; only one may open it", e);
        }
    }

    private static FileStream Create(string path, FileMode mode, FileShare share) => new(path, new FileStreamOptions
    {
        Mode = mode,
        Access = FileAccess.ReadWrite,
        Share = share,
        BufferSize = 0,
        UnixCreateMode = OwnerFile,
    });
}
