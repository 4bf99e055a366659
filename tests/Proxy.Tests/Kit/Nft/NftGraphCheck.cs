using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Nftables.Listing;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>
/// Checks, as the kernel does at the end of a transaction that changed rules or verdict maps, every way that a packet can take:
/// at most sixteen chains deep, which no loop is, and each expression only where its hook allows it.
/// </summary>
internal static class NftGraphCheck
{
    private const int MostDepth = 16;

    /// <exception cref="NftFault">The kernel would refuse it.</exception>
    public static void Check(FakeNftTable table)
    {
        foreach (var chain in table.Chains.Values)
        {
            if (chain.Declaration.Base is { } hook) Walk(table, chain, hook, [], []);
        }
    }

    private static void Walk(FakeNftTable table, FakeNftChain chain, NftBaseChain hook, HashSet<string> done, List<string> way)
    {
        if (way.Contains(chain.Declaration.Name)) throw new NftFault(NftFault.TooManyLinks);
        if (way.Count >= MostDepth) throw new NftFault(NftFault.TooManyLinks);
        if (!done.Add(chain.Declaration.Name)) return;
        way.Add(chain.Declaration.Name);
        foreach (var rule in chain.Rules)
        {
            if (!rule.Expressions.All(expression => IsAllowed(expression, hook))) throw new NftFault(NftFault.NotSupported);
            foreach (var next in table.LeadsTo(rule)) Walk(table, table.Chains[next], hook, done, way);
        }
        way.RemoveAt(way.Count - 1);
    }

    private static bool IsAllowed(NftExpression expression, NftBaseChain hook) => expression switch
    {
        NftExpression.Translate => hook.Type == "nat" && hook.Hook is NftHook.Prerouting or NftHook.Output,
        NftExpression.Masquerade => hook.Type == "nat" && hook.Hook is NftHook.Postrouting,
        NftExpression.Reject => hook.Hook is NftHook.Input or NftHook.Forward or NftHook.Output or NftHook.Prerouting,
        _ => true,
    };
}
