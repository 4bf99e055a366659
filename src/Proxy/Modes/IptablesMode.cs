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
    private readonly InstalledIptables iptables = new(options, runner);

    /// <inheritdoc/>
    public string Name => ProxyModes.Iptables;

    /// <inheritdoc/>
    public async Task<string?> WhyNotAsync(IReadOnlyList<IpFamily> families, CancellationToken cancellationToken)
    {
        foreach (var family in families)
        {
            if (await iptables.WhyNotAsync(family, cancellationToken) is { } reason) return reason;
            var version = iptables.VersionOf(family)!;
            Using(log, iptables.ToolsOf(family).Main, version.Version, version.Variant);
        }
        return null;
    }

    /// <inheritdoc/>
    public Task<IProxyBackend> CreateAsync(IpFamily family, CancellationToken cancellationToken)
    {
        var version = iptables.VersionOf(family)!;
        var settings = SettingsOf(family) with
        {
            RandomFully = version.HasRandomFully,
            // The older tables are read and written whole each time, so there every batch would cost as much as everything.
            ChainsPerRestore = version.Variant == "nft" ? NftChainsPerRestore : int.MaxValue,
        };
        return Task.FromResult<IProxyBackend>(new IptablesBackend(settings, iptables.ApplierOf(family)));
    }

    /// <inheritdoc/>
    public IRuleText RuleTextOf(IpFamily family) => new IptablesRuleText(SettingsOf(family));

    /// <inheritdoc/>
    public IDryRun DryRunOf(IpFamily family) => new IptablesDryRun(
        SettingsOf(family) with { RandomFully = iptables.VersionOf(family)!.HasRandomFully },
        cancellationToken => runner.RunAsync([iptables.ToolsOf(family).Save], default, cancellationToken));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CleanAsync(bool isInUse, CancellationToken cancellationToken)
    {
        if (isInUse) return await iptables.CleanOtherAsync(cancellationToken);
        try
        {
            return await new Leftovers(runner).CleanAllAsync(cancellationToken);
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

    [LoggerMessage(4401, LogLevel.Information, "Programming Services by {Tool} {Version} ({Variant})")]
    private static partial void Using(ILogger logger, string tool, Version version, string variant);
}
