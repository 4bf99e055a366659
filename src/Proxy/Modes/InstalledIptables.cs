using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Modes;

/// <summary>The iptables of this machine that <c>--iptables-variant</c> names, for the modes that write rules by it.</summary>
internal sealed class InstalledIptables(ProxyOptions options, ToolRunner runner)
{
    private readonly Dictionary<IpFamily, IptablesVersion> versions = [];

    /// <summary>Why it cannot be used, in one sentence; null when it can.</summary>
    public async Task<string?> WhyNotAsync(IpFamily family, CancellationToken cancellationToken)
    {
        var tools = ToolsOf(family);
        if (!tools.Exist) return $"{tools.Main}, {tools.Restore} and {tools.Save} are needed and not all installed; on Debian and Ubuntu: apt-get install iptables";
        try
        {
            versions[family] = await tools.VersionAsync(runner, cancellationToken);
            return null;
        }
        catch (ToolException e)
        {
            return $"iptables cannot be used: {e.Message}";
        }
    }

    /// <summary>What it is; null before <see cref="WhyNotAsync"/> found that it can be used.</summary>
    public IptablesVersion? VersionOf(IpFamily family) => versions.GetValueOrDefault(family);

    /// <summary>Its programs.</summary>
    public IptablesTools ToolsOf(IpFamily family) => options.ToolsOf(family);

    /// <summary>The way into the kernel's tables.</summary>
    public IptablesApplier ApplierOf(IpFamily family) => new(ToolsOf(family), runner);

    /// <summary>Removes what was left by the other variant than the one in use, and gives the names of what held something.</summary>
    /// <exception cref="RuleRemovalException">Something could not be removed.</exception>
    public async Task<IReadOnlyList<string>> CleanOtherAsync(CancellationToken cancellationToken)
    {
        var cleaned = new List<string>();
        try
        {
            foreach (var (family, version) in versions)
            {
                if (await new Leftovers(runner).CleanOtherAsync(family, version.Variant, cancellationToken)) cleaned.Add("the other iptables");
            }
            return cleaned;
        }
        catch (Exception e) when (e is ToolException or RuleApplyException)
        {
            throw new RuleRemovalException(e.Message, e);
        }
    }
}
