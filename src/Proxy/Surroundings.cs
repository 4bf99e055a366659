using Microsoft.Extensions.Logging;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Modes;

namespace MiniK8s.Proxy;

/// <summary>What else in the kernel matters to the mode in use: what other modes left, and an iptables that drops what it forwards.</summary>
internal sealed partial class Surroundings(IReadOnlyList<IProxyMode> modes, IProxyMode inUse, ProxyOptions options, ToolRunner runner, ILogger log)
{
    private bool UsesIptables => inUse.Name is ProxyModes.Iptables or ProxyModes.Ipvs;

    /// <summary>Removes what earlier runs in other modes left. What cannot be removed is a warning: the rules in use work all the same.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        foreach (var mode in modes)
        {
            // Both write by iptables, and each replaced the other's chains in its first sync.
            if (UsesIptables && mode.Name == ProxyModes.Iptables && mode != inUse) continue;
            try
            {
                foreach (var cleaned in await mode.CleanAsync(mode == inUse, cancellationToken)) Removed(log, cleaned);
            }
            catch (RuleRemovalException e)
            {
                Stay(log, mode.Name, e.Message);
            }
        }
        if (UsesIptables) await CloseGateAsync(cancellationToken);
    }

    /// <summary>Lets what Services forward pass where iptables drops it. The modes that write rules by iptables have the same among them.</summary>
    public async Task OpenGateAsync(CancellationToken cancellationToken)
    {
        if (UsesIptables) return;
        foreach (var family in options.Families)
        {
            try
            {
                await new ForwardGate(options.ToolsOf(family), runner, new ForwardGateSettings(options.PodCidrOf(family), "0x4000"), log).EnsureAsync(cancellationToken);
            }
            catch (ToolException e)
            {
                GateClosed(log, e.Message);
            }
        }
    }

    /// <summary>The iptables mode lets the same through among its own rules.</summary>
    private async Task CloseGateAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await new Leftovers(runner).CloseGatesAsync(cancellationToken)) Removed(log, ForwardGate.Chain);
        }
        catch (ToolException e)
        {
            Stay(log, ProxyModes.Nftables, e.Message);
        }
    }

    [LoggerMessage(4402, LogLevel.Information, "Rules of an earlier run by {Way} were removed")]
    private static partial void Removed(ILogger logger, string way);

    [LoggerMessage(4403, LogLevel.Warning, "Rules that an earlier run left in mode {Mode} could not be removed: {Reason}")]
    private static partial void Stay(ILogger logger, string mode, string reason);

    [LoggerMessage(4407, LogLevel.Warning, "iptables could not be asked whether it drops what Services forward: {Reason}")]
    private static partial void GateClosed(ILogger logger, string reason);
}
