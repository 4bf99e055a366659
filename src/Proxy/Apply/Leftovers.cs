using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Apply;

/// <summary>Removes all rules of ours, and of a kube-proxy, that iptables can show: also by the way into the kernel that is not in use now.</summary>
internal sealed class Leftovers(ToolRunner runner)
{
    private static readonly string[] Variants = ["nft", "legacy"];

    /// <summary>Removes everything, of both families and by every installed way. Gives the programs that found something.</summary>
    /// <exception cref="RuleApplyException">The rules could not be removed.</exception>
    public async Task<IReadOnlyList<string>> CleanAllAsync(CancellationToken cancellationToken)
    {
        var cleaned = new List<string>();
        foreach (var tools in Installed)
        {
            if (await CleanAsync(tools, cancellationToken)) cleaned.Add(tools.Main);
        }
        return cleaned;
    }

    /// <summary>Removes the chain by which other modes let through what iptables would drop. Whether there was one.</summary>
    /// <exception cref="ToolException">It could not be removed.</exception>
    public async Task<bool> CloseGatesAsync(CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var tools in Installed) any |= await ForwardGate.RemoveAsync(tools, runner, cancellationToken);
        return any;
    }

    /// <summary>Removes what is left by the way that is not in use; both at once would count and translate every connection twice.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<bool> CleanOtherAsync(IpFamily family, string variantInUse, CancellationToken cancellationToken)
    {
        var other = new IptablesTools(family, variantInUse == "nft" ? "legacy" : "nft");
        return other.Exist && await CleanAsync(other, cancellationToken);
    }

    private static IEnumerable<IptablesTools> Installed
    {
        get
        {
            foreach (var family in (IpFamily[])[IpFamily.V4, IpFamily.V6])
            {
                var named = Variants.Select(variant => new IptablesTools(family, variant)).Where(tools => tools.Exist).ToList();
                foreach (var tools in named.Count > 0 ? named : [new IptablesTools(family, "")])
                {
                    if (tools.Exist) yield return tools;
                }
            }
        }
    }

    private async Task<bool> CleanAsync(IptablesTools tools, CancellationToken cancellationToken)
    {
        var applier = new IptablesApplier(tools, runner);
        var found = await applier.ReadAsync(cancellationToken);
        if (!found.HasOwn) return false;
        await applier.RestoreAsync(ScriptBuilder.Cleanup(found).ToBytes(), cancellationToken);
        return true;
    }
}
