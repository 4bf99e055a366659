using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using MiniK8s.Proxy.Nftables;

namespace MiniK8s.Proxy.Sync;

/// <summary>Services by nftables: one transaction per sync, with only the elements that changed, straight to the kernel.</summary>
internal sealed class NftablesBackend(NftSettings settings, INftKernel kernel) : IProxyBackend
{
    private readonly NftTransaction transaction = new(settings.Family);
    private NftTable? table;
    private ProxyModel? applied;
    private uint generation;

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
        if (applied is null) return Task.FromResult<string?>(null);
        var now = kernel.Generation();
        if (now == generation) return Task.FromResult<string?>(null);
        var difference = isThorough ? Compare() : kernel.HasTable(settings.Family) ? null : "the table is gone";
        if (difference is not null) applied = null;
        else if (isThorough) generation = now;
        return Task.FromResult(difference);
    }

    private SyncReport WriteAll(ProxyModel model)
    {
        var whole = new NftTransaction(settings.Family);
        table = NftTable.Create(settings, model, whole);
        foreach (var set in table.AffinitySets) kernel.ReadElements(settings.Family, set.Name, new AffinityEntries(whole, set, set.KeyLength(settings.Family)));
        var bytes = kernel.Commit(whole);
        generation = kernel.Generation();
        return new SyncReport(true, whole.Objects, bytes);
    }

    private SyncReport WriteDifference(ProxyChange change)
    {
        transaction.Clear();
        table!.Change(change, transaction);
        if (transaction.IsEmpty) return new SyncReport(false, 0, 0);
        var bytes = kernel.Commit(transaction);
        generation++;
        return new SyncReport(false, transaction.Objects, bytes);
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
}
