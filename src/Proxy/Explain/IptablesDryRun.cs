using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Explain;

/// <summary>Compares tables with what the script of a full sync would make of them.</summary>
/// <param name="settings">What shapes the rules.</param>
/// <param name="save">The output of iptables-save.</param>
internal sealed class IptablesDryRun(IptablesSettings settings, Func<CancellationToken, Task<byte[]>> save) : IDryRun
{
    /// <inheritdoc/>
    public async Task<RuleDifference> CompareAsync(ProxyModel model, CancellationToken cancellationToken)
    {
        var saved = await ChainDifference.SavedAsync(save, cancellationToken);
        var script = new ScriptBuilder(settings).Full(model, KernelTables.Parse(saved)).ToBytes();
        return new RuleDifference([.. ChainDifference.Of(saved, script.Span)]);
    }
}
