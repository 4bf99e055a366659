using MiniK8s.ApiServer.Storage.Etcd;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.ApiServer.Storage.Sqlite;

namespace MiniK8s.ApiServer.Storage;

/// <summary>Opens the store that the options name.</summary>
public static class StoreFactory
{
    /// <summary>The database file within the data directory.</summary>
    public const string SqliteFileName = "store.db";

    /// <summary>Opens the store.</summary>
    /// <exception cref="ArgumentException">An option is missing or wrong; the message names it.</exception>
    /// <exception cref="StoreUnavailableException">The options are fine, but the database cannot be opened. etcd is connected to when first used.</exception>
    public static async Task<IStore> OpenAsync(
        StoreOptions options,
        TimeProvider clock,
        ILoggerFactory logs,
        CancellationToken cancellationToken = default)
    {
        switch (options.Kind)
        {
            case StoreKind.Memory:
                return new MemoryStore(clock);
            case StoreKind.Sqlite when string.IsNullOrEmpty(options.DataDirectory):
                throw new ArgumentException("the sqlite store needs a data directory (--data-dir)", nameof(options));
            case StoreKind.Sqlite:
                return await SqliteStore.OpenAsync(Path.Combine(options.DataDirectory, SqliteFileName), clock, cancellationToken);
            case StoreKind.Etcd:
                var etcd = options.Etcd ?? throw new ArgumentException("the etcd store needs the URLs of its servers (--etcd-servers)", nameof(options));
                return new EtcdStore(etcd, clock, logs.CreateLogger<EtcdStore>());
            default:
                throw new ArgumentException($"store '{options.Kind}' is unknown; use sqlite, memory or etcd", nameof(options));
        }
    }
}
