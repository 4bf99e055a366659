using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Explain;

/// <summary>Which backend answers a question about its rules.</summary>
internal static class Backends
{
    /// <summary>The rules as text; null in a mode that has none.</summary>
    public static IRuleText? RuleText(IpFamily family, ProxyOptions options) => options.Mode switch
    {
        "iptables" => new IptablesRuleText(Settings(family, options)),
        _ => null,
    };

    /// <summary>The comparison with the kernel.</summary>
    /// <exception cref="DryRunException">The mode has none, or what it needs is missing.</exception>
    public static async Task<IDryRun> DryRunAsync(IpFamily family, ProxyOptions options, ToolRunner runner, CancellationToken cancellationToken)
    {
        if (options.Mode != "iptables") throw new DryRunException($"--proxy-mode {options.Mode} cannot be compared with the kernel; give iptables");
        var tools = new IptablesTools(family, options.IptablesVariant == "auto" ? "" : options.IptablesVariant);
        if (!tools.Exist) throw new DryRunException($"{tools.Save} is not installed");
        try
        {
            var version = await tools.VersionAsync(runner, cancellationToken);
            return new IptablesDryRun(Settings(family, options) with { RandomFully = version.HasRandomFully }, token => runner.RunAsync([tools.Save], default, token));
        }
        catch (ToolException e)
        {
            throw new DryRunException(e.Message, e);
        }
    }

    private static IptablesSettings Settings(IpFamily family, ProxyOptions options) => new()
    {
        Family = family,
        PodCidr = options.PodCidrOf(family),
        MasqueradeAll = options.MasqueradeAll,
    };
}
