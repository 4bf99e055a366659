using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Sync;

/// <summary>One way to make the kernel forward Services, for one address family. Never called by two threads at once.</summary>
internal interface IProxyBackend : IDisposable
{
    /// <summary>Raised, from any thread, when the backend hears that somebody else changed the rules: a check is due at once.</summary>
    event Action? Disturbed
    {
        add { }
        remove { }
    }

    /// <summary>
    /// Brings the kernel to <see cref="ProxyChange.Current"/>: by the difference alone where the last call succeeded, else by
    /// everything, with the remains of earlier runs removed.
    /// </summary>
    Task<SyncReport> SyncAsync(ProxyChange change, CancellationToken cancellationToken);

    /// <summary>
    /// What in the kernel is no longer as the last sync left it, in words; null when all is well. After a difference the next
    /// sync is full.
    /// </summary>
    /// <param name="isThorough">Whether to compare everything, which takes the longer the more there is; else only what tells of tables that were emptied.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<string?> CheckAsync(bool isThorough, CancellationToken cancellationToken);
}

/// <summary>What a sync did.</summary>
/// <param name="IsFull">Whether everything was written.</param>
/// <param name="Objects">Chains, elements or servers that were written or removed; 0 where nothing had to be done.</param>
/// <param name="Bytes">Size of what went to the kernel.</param>
internal sealed record SyncReport(bool IsFull, int Objects, int Bytes)
{
    /// <summary>What is in the kernel now; empty where the sync changed nothing, or the backend does not count.</summary>
    public IReadOnlyList<RuleCount> Rules { get; init; } = [];
}

/// <summary>How many rules, elements or servers there are in one place.</summary>
/// <param name="Place">One of a few names that do not depend on Services, such as a table: it becomes a label of a metric.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Written">How many of them the sync wrote, where that is counted apart.</param>
internal readonly record struct RuleCount(string Place, long Total, long Written = 0);
