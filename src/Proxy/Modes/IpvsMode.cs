using System.ComponentModel;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Sync;

namespace MiniK8s.Proxy.Modes;

/// <summary><c>--proxy-mode ipvs</c>. Beside the virtual servers it keeps a few rules by iptables.</summary>
internal sealed class IpvsMode(ProxyOptions options, ToolRunner runner) : IProxyMode
{
    private readonly InstalledIptables iptables = new(options, runner);

    /// <inheritdoc/>
    public string Name => ProxyModes.Ipvs;

    /// <inheritdoc/>
    public async Task<string?> WhyNotAsync(IReadOnlyList<IpFamily> families, CancellationToken cancellationToken)
    {
        foreach (var family in families)
        {
            if (await iptables.WhyNotAsync(family, cancellationToken) is { } missing) return missing;
            try
            {
                using var kernel = new IpvsKernel(new KernelSettings());
                if (kernel.WhyNot(SettingsOf(family)) is { } reason) return reason;
            }
            catch (Win32Exception e)
            {
                return $"IPVS cannot be used: {e.Message}";
            }
        }
        return null;
    }

    /// <inheritdoc/>
    public Task<IProxyBackend> CreateAsync(IpFamily family, CancellationToken cancellationToken) =>
        Task.FromResult<IProxyBackend>(new IpvsBackend(SettingsOf(family), new IpvsKernel(new KernelSettings()), iptables.ApplierOf(family)));

    /// <inheritdoc/>
    public IRuleText RuleTextOf(IpFamily family) => new IpvsRuleText(SettingsOf(family));

    /// <inheritdoc/>
    public IDryRun DryRunOf(IpFamily family) => new IpvsDryRun(
        SettingsOf(family),
        static () => new IpvsKernel(new KernelSettings()),
        cancellationToken => runner.RunAsync([iptables.ToolsOf(family).Save], default, cancellationToken));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CleanAsync(bool isInUse, CancellationToken cancellationToken)
    {
        if (isInUse) return await iptables.CleanOtherAsync(cancellationToken);
        try
        {
            return IpvsCleanup.Run() ? ["ipvs"] : [];
        }
        catch (IpvsException e)
        {
            throw new RuleRemovalException(e.Message, e);
        }
    }

    private IpvsSettings SettingsOf(IpFamily family) => new(
        new IptablesSettings
        {
            Family = family,
            PodCidr = options.PodCidrOf(family),
            MasqueradeAll = options.MasqueradeAll,
            RandomFully = iptables.VersionOf(family)?.HasRandomFully ?? true,
        },
        options.IpvsScheduler);
}
