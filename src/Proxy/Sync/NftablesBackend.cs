using Microsoft.Extensions.Logging;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using MiniK8s.Proxy.Nftables;

namespace MiniK8s.Proxy.Sync;

/// <summary>Services by nftables: one transaction per sync, with only the elements that changed, straight to the kernel.</summary>
internal sealed partial class NftablesBackend(NftSettings settings, INftKernel kernel, ILogger log) : IProxyBackend
{
    private const string Unknown = "";
    private readonly NftTransaction transaction = new(settings.Family);
    private NftTable? table;
    private ProxyModel? applied;
    private uint generation;
    private long elements;
    private long chains;
    private IDisposable? watch;
    private volatile string? disturber;

    /// <inheritdoc/>
    public event Action? Disturbed;

    /// <inheritdoc/>
    public Task<SyncReport> SyncAsync(ProxyChange change, CancellationToken cancellationToken)
    {
        // The difference holds only on top of the very model that it was taken from.
        var isFull = table is null || !ReferenceEquals(applied, change.Previous) || table.NeedsFull(change);
        applied = null;
        var report = isFull ? WriteAll(change.Current) : WriteDifference(change);
        applied = change.Current;
        return Task.FromResult(report);
    }

    /// <inheritdoc/>
    public Task<string?> CheckAsync(bool isThorough, CancellationToken cancellationToken)
    {
        var difference = applied is null ? null : FirstDifference(isThorough);
        if (difference is not null) applied = null;
        return Task.FromResult(difference);
    }

    public void Dispose()
    {
        watch?.Dispose();
        (kernel as IDisposable)?.Dispose();
    }

    /// <summary>
    /// While the kernel tells of every change of the table, there is nothing to look for. Where it does not, or where some of what it
    /// told was lost, a generation that we did not make means that somebody changed something, perhaps in our table.
    /// </summary>
    private string? FirstDifference(bool isThorough)
    {
        var who = disturber;
        if (who is { Length: > 0 }) return $"{who} changed the table";
        if (who is null && watch is not null) return null;
        var now = kernel.Generation();
        if (now == generation && who is null) return null;
        var difference = isThorough || who is not null ? Compare() : kernel.HasTable(settings.Family) ? null : "the table is gone";
        if (difference is not null || (!isThorough && who is null)) return difference;
        generation = now;
        Interlocked.CompareExchange(ref disturber, null, Unknown);
        return null;
    }

    private SyncReport WriteAll(ProxyModel model)
    {
        // Not to be told of everything that is written now, which is more than the kernel keeps for a listener.
        watch?.Dispose();
        watch = null;
        var whole = new NftTransaction(settings.Family);
        table = NftTable.Create(settings, model, whole);
        foreach (var set in table.AffinitySets) kernel.ReadElements(settings.Family, set.Name, new AffinityEntries(whole, set, set.KeyLength(settings.Family)));
        var before = kernel.Generation();
        var bytes = kernel.Commit(whole);
        disturber = null;
        Watch();
        generation = kernel.Generation();
        // Whoever changed something meanwhile was not heard.
        if (generation != before + 1) disturber = Unknown;
        (elements, chains) = (0, 0);
        return Report(true, whole, bytes);
    }

    private SyncReport WriteDifference(ProxyChange change)
    {
        transaction.Clear();
        table!.Change(change, transaction);
        if (transaction.IsEmpty) return new SyncReport(false, 0, 0);
        try
        {
            var bytes = 0;
            if (transaction.TakeStructure() is { } ahead) bytes += Commit(ahead);
            if (transaction.HasContent) bytes += Commit(transaction);
            return Report(false, transaction, bytes);
        }
        catch (NftException e) when (e.IsForRoom)
        {
            // Twice as many as when everything was last written: this comes as rarely as a list is copied that grows.
            return WriteAll(change.Current);
        }
    }

    private int Commit(NftTransaction part)
    {
        var bytes = kernel.Commit(part);
        generation++;
        return bytes;
    }

    private SyncReport Report(bool isFull, NftTransaction written, int bytes)
    {
        elements += written.ElementChange;
        chains += written.ChainChange;
        return new SyncReport(isFull, written.Objects, bytes) { Rules = [new("elements", elements), new("chains", chains)] };
    }

    private void Watch()
    {
        try
        {
            watch = kernel.Watch(settings.Family, who =>
            {
                disturber = who;
                Disturbed?.Invoke();
            });
        }
        catch (NftException e)
        {
            NotWatched(log, e.Message);
        }
    }

    private string? Compare()
    {
        var (expected, found) = (new TableContent(), new TableContent());
        var whole = new NftTransaction(settings.Family);
        table!.WriteAll(applied!.Node, whole);
        var batch = new NetlinkWriter();
        whole.WriteTo(batch);
        NftDecoder.Read(batch.Written, expected);
        kernel.Read(settings.Family, found);
        return expected.FirstDifference(found);
    }

    [LoggerMessage(4005, LogLevel.Warning, "Changes of the table by others go unnoticed until the next check: {Reason}")]
    private static partial void NotWatched(ILogger logger, string reason);
}
