using MiniK8s.ApiServer.Storage.Etcd;

namespace MiniK8s.ApiServer.Storage;

/// <summary>Where the state of the cluster lies.</summary>
public enum StoreKind
{
    /// <summary>A database file in the data directory: the durable default of one host.</summary>
    Sqlite,

    /// <summary>This process's memory: nothing survives it.</summary>
    Memory,

    /// <summary>An etcd cluster.</summary>
    Etcd,
}

/// <summary>Which store to open.</summary>
public sealed record StoreOptions
{
    /// <summary>The kind of store (<c>--store</c>).</summary>
    public StoreKind Kind { get; init; } = StoreKind.Sqlite;

    /// <summary>The directory of the sqlite store (<c>--data-dir</c>).</summary>
    public string? DataDirectory { get; init; }

    /// <summary>How to reach the etcd store (<c>--etcd-servers</c> and its certificates).</summary>
    public EtcdOptions? Etcd { get; init; }
}
