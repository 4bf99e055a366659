using Microsoft.Extensions.Logging;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Sync;

namespace MiniK8s.Proxy.Modes;

/// <summary><c>--proxy-mode iptables</c>.</summary>
internal sealed partial class IptablesMode(ProxyOptions options, ToolRunner runner, ILogger log) : IProxyMode
{
    private const int NftChainsPerRestore = 1000;
    private readonly Dictionary<IpFamily, IptablesVersion> versions = [];

    /// <inheritdoc/>
    public string Name => ProxyModes.Iptables;

    /// <inheritdoc/>
    public async Task<string?> WhyNotAsync(IReadOnlyList<IpFamily> families, CancellationToken cancellationToken)
    {
        foreach (var family in families)
        {
            var tools = ToolsOf(family);
            if (!tools.Exist) return $"{tools.Main}, {tools.Restore} and {tools.Save} are needed and not all installed; on Debian and Ubuntu: apt-get install iptables";
            try
            {
                var version = versions[family] = await tools.VersionAsync(runner, cancellationToken);
                Using(log, tools.Main, version.Version, version.Variant);
            }
            catch (ToolException e)
            {
                return $"iptables cannot be used: {e.Message}";
            }
        }
        return null;
    }

    /// <inheritdoc/>
    public Task<IProxyBackend> CreateAsync(IpFamily family, CancellationToken cancellationToken)
    {
        var version = versions[family];
        var settings = SettingsOf(family) with
        {
            RandomFully = version.HasRandomFully,
            // The older tables are read and written whole each time, so there every batch would cost as much as everything.
            ChainsPerRestore = version.Variant == "nft" ? NftChainsPerRestore : int.MaxValue,
        };
        return Task.FromResult<IProxyBackend>(new IptablesBackend(settings, new IptablesApplier(ToolsOf(family), runner)));
    }

    /// <inheritdoc/>
    public IRuleText RuleTextOf(IpFamily family) => new IptablesRuleText(SettingsOf(family));

    /// <inheritdoc/>
    public IDryRun DryRunOf(IpFamily family) => new IptablesDryRun(
        SettingsOf(family) with { RandomFully = versions[family].HasRandomFully },
        cancellationToken => runner.RunAsync([ToolsOf(family).Save], default, cancellationToken));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CleanAsync(bool isInUse, CancellationToken cancellationToken)
    {
        var leftovers = new Leftovers(runner);
        try
        {
            if (!isInUse) return await leftovers.CleanAllAsync(cancellationToken);
            var cleaned = new List<string>();
            foreach (var (family, version) in versions)
            {
                if (await leftovers.CleanOtherAsync(family, version.Variant, cancellationToken)) cleaned.Add("the other iptables");
            }
            return cleaned;
        }
        catch (Exception e) when (e is ToolException or RuleApplyException)
        {
            throw new RuleRemovalException(e.Message, e);
        }
    }

    private IptablesSettings SettingsOf(IpFamily family) => new()
    {
        Family = family,
        PodCidr = options.PodCidrOf(family),
        MasqueradeAll = options.MasqueradeAll,
    };

    private IptablesTools ToolsOf(IpFamily family) => new(family, options.IptablesVariant == "auto" ? "" : options.IptablesVariant);

    [LoggerMessage(4401, LogLevel.Information, "Programming Services by {Tool} {Version} ({Variant})")]
    private static partial void Using(ILogger logger, string tool, Version version, string variant);
}
