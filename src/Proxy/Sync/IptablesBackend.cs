using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Sync;

/// <summary>Services by iptables: one restore per sync (but for very many chains, see <see cref="RestoreScript"/>), with only the chains that changed.</summary>
internal sealed class IptablesBackend(IptablesSettings settings, IRuleApplier applier) : IProxyBackend
{
    private readonly ScriptBuilder builder = new(settings);
    private readonly long[] rules = new long[Tables.Count];
    private ProxyModel? applied;

    /// <inheritdoc/>
    public async Task<SyncReport> SyncAsync(ProxyChange change, CancellationToken cancellationToken)
    {
        // The difference holds only on top of the very model that it was taken from.
        var isFull = !ReferenceEquals(applied, change.Previous);
        var script = isFull ? builder.Full(change.Current, await applier.ReadAsync(cancellationToken)) : builder.Partial(change);
        applied = null;
        var bytes = script.IsEmpty ? 0 : await RestoreAsync(script, cancellationToken);
        applied = change.Current;
        return new SyncReport(isFull, script.ChainCount, bytes) { Rules = script.IsEmpty ? [] : Count(isFull, script) };
    }

    /// <inheritdoc/>
    public async Task<string?> CheckAsync(bool isThorough, CancellationToken cancellationToken)
    {
        if (applied is null) return null;
        var difference = isThorough ? await CompareAsync(applied, cancellationToken)
            : await applier.HasStaticRulesAsync(cancellationToken) ? null : "chains that are never empty lack their rules";
        if (difference is not null) applied = null;
        return difference;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Everything of it is in processes that have ended.
    }

    private RuleCount[] Count(bool isFull, RestoreScript script)
    {
        for (var table = 0; table < rules.Length; table++) rules[table] = (isFull ? 0 : rules[table]) + script.RuleChange[table];
        return [.. ((Table[])[Table.Filter, Table.Nat]).Select(table => new RuleCount(Tables.NameOf(table), rules[(int)table], script.RulesWritten(table)))];
    }

    private async Task<int> RestoreAsync(RestoreScript script, CancellationToken cancellationToken)
    {
        var bytes = 0;
        foreach (var batch in script.ToBatches())
        {
            await applier.RestoreAsync(batch, cancellationToken);
            bytes += batch.Length;
        }
        return bytes;
    }

    private async Task<string?> CompareAsync(ProxyModel model, CancellationToken cancellationToken)
    {
        var found = await applier.ReadAsync(cancellationToken);
        var expected = KernelTables.Parse(builder.Full(model, found).ToBytes().Span);
        return TableComparison.FirstDifference(expected, found, StaticRules.Jumps);
    }
}
