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
    private readonly Dictionary<IpFamily, IptablesVersion> versions = [];

    /// <inheritdoc/>
    public string Name => ProxyModes.Ipvs;

    /// <inheritdoc/>
    public async Task<string?> WhyNotAsync(IReadOnlyList<IpFamily> families, CancellationToken cancellationToken)
    {
        foreach (var family in families)
        {
            var tools = ToolsOf(family);
            if (!tools.Exist) return $"{tools.Main}, {tools.Restore} and {tools.Save} are needed and not all installed; on Debian and Ubuntu: apt-get install iptables";
            try
            {
                versions[family] = await tools.VersionAsync(runner, cancellationToken);
                using var kernel = new IpvsKernel(new KernelSettings());
                if (kernel.WhyNot(SettingsOf(family)) is { } reason) return reason;
            }
            catch (Exception e) when (e is ToolException or Win32Exception)
            {
                return $"IPVS cannot be used: {e.Message}";
            }
        }
        return null;
    }

    /// <inheritdoc/>
    public Task<IProxyBackend> CreateAsync(IpFamily family, CancellationToken cancellationToken) =>
        Task.FromResult<IProxyBackend>(new IpvsBackend(SettingsOf(family), new IpvsKernel(new KernelSettings()), new IptablesApplier(ToolsOf(family), runner)));

    /// <inheritdoc/>
    public IRuleText RuleTextOf(IpFamily family) => new IpvsRuleText(SettingsOf(family));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CleanAsync(bool isInUse, CancellationToken cancellationToken)
    {
        try
        {
            if (!isInUse) return IpvsCleanup.Run() ? ["ipvs"] : [];
            var cleaned = new List<string>();
            foreach (var (family, version) in versions)
            {
                if (await new Leftovers(runner).CleanOtherAsync(family, version.Variant, cancellationToken)) cleaned.Add("the other iptables");
            }
            return cleaned;
        }
        catch (Exception e) when (e is ToolException or RuleApplyException or IpvsException)
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
            RandomFully = !versions.TryGetValue(family, out var version) || version.HasRandomFully,
        },
        options.IpvsScheduler);

    private IptablesTools ToolsOf(IpFamily family) => new(family, options.IptablesVariant == "auto" ? "" : options.IptablesVariant);
}
