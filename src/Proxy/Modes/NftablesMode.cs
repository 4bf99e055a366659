using Microsoft.Extensions.Logging;
using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Sync;

namespace MiniK8s.Proxy.Modes;

/// <summary><c>--proxy-mode nftables</c>.</summary>
internal sealed class NftablesMode(ProxyOptions options, ILogger log) : IProxyMode
{
    /// <inheritdoc/>
    public string Name => ProxyModes.Nftables;

    /// <inheritdoc/>
    public Task<string?> WhyNotAsync(IReadOnlyList<IpFamily> families, CancellationToken cancellationToken)
    {
        using var kernel = new NftKernel();
        foreach (var family in families)
        {
            if (NftCapability.WhyNot(kernel, SettingsOf(family)) is { } reason) return Task.FromResult<string?>(reason);
        }
        return Task.FromResult<string?>(null);
    }

    /// <inheritdoc/>
    public Task<IProxyBackend> CreateAsync(IpFamily family, CancellationToken cancellationToken) =>
        Task.FromResult<IProxyBackend>(new NftablesBackend(SettingsOf(family), new NftKernel(), log));

    /// <inheritdoc/>
    public IRuleText RuleTextOf(IpFamily family) => new NftRuleText(SettingsOf(family));

    /// <inheritdoc/>
    public IDryRun DryRunOf(IpFamily family) => new NftDryRun(SettingsOf(family), () => new NftKernel());

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CleanAsync(bool isInUse, CancellationToken cancellationToken)
    {
        if (isInUse) return Task.FromResult<IReadOnlyList<string>>([]);
        using var kernel = new NftKernel();
        var cleaned = new List<string>();
        foreach (var family in (IpFamily[])[IpFamily.V4, IpFamily.V6])
        {
            if (Clean(kernel, family)) cleaned.Add($"nftables ({family.Name})");
        }
        return Task.FromResult<IReadOnlyList<string>>(cleaned);
    }

    private static bool Clean(NftKernel kernel, IpFamily family)
    {
        try
        {
            if (!kernel.HasTable(family)) return false;
        }
        catch (NftException)
        {
            // A kernel without nf_tables holds no table either.
            return false;
        }
        try
        {
            var transaction = new NftTransaction(family);
            transaction.DeleteTable();
            kernel.Commit(transaction);
            return true;
        }
        catch (NftException e)
        {
            throw new RuleRemovalException(e.Message, e);
        }
    }

    private NftSettings SettingsOf(IpFamily family) => new()
    {
        Family = family,
        PodCidr = options.PodCidrOf(family),
        MasqueradeAll = options.MasqueradeAll,
    };
}
