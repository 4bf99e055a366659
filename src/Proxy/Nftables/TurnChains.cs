using System.Runtime.InteropServices;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// The chains of Services with round robin and without session affinity: the kernel counts turns by rule, so that each Service port
/// needs a rule of its own. With another number of endpoints the count begins anew.
/// </summary>
internal sealed class TurnChains
{
    private readonly Dictionary<string, Chain> chains = new(StringComparer.Ordinal);
    private readonly List<string> released = [];

    /// <summary>The name of a chain.</summary>
    public static string NameOf(ServicePort port, NftGroup group, int count) => $"turns/{NftNames.Of(port.Name)}/{group.Name}/{count}";

    /// <summary>The chain for one more place; makes it where there is none.</summary>
    public string Acquire(NftTransaction table, ServicePort port, NftGroup group, int count)
    {
        var name = NameOf(port, group, count);
        ref var chain = ref CollectionsMarshal.GetValueRefOrAddDefault(chains, name, out var exists);
        chain = chain with { Group = group, Count = count, Places = chain.Places + 1 };
        if (!exists) Write(table, name, chain);
        return name;
    }

    /// <summary>Says that a place uses its chain no more.</summary>
    public void Release(ServicePort port, NftGroup group, int count)
    {
        var name = NameOf(port, group, count);
        ref var chain = ref CollectionsMarshal.GetValueRefOrNullRef(chains, name);
        chain = chain with { Places = chain.Places - 1 };
        if (chain.Places == 0) released.Add(name);
    }

    /// <summary>Removes the chains that no place uses any more. Not before all places are written: another may take a chain over.</summary>
    public void Settle(NftTransaction table)
    {
        foreach (var name in released)
        {
            if (!chains.TryGetValue(name, out var chain) || chain.Places > 0) continue;
            chains.Remove(name);
            table.DeleteChain(name);
        }
        released.Clear();
    }

    /// <summary>Writes all chains once more.</summary>
    public void WriteAll(NftTransaction table)
    {
        foreach (var (name, chain) in chains) Write(table, name, chain);
    }

    /// <summary>The same chains, without the places that use them.</summary>
    public TurnChains Copy()
    {
        var copy = new TurnChains();
        foreach (var (name, chain) in chains) copy.chains[name] = chain with { Places = 0 };
        return copy;
    }

    private static void Write(NftTransaction table, string name, Chain chain)
    {
        table.NewChain(name);
        table.AddRule(name, rule => GroupRules.Choose(GroupRules.Place(rule, chain.Group), chain.Group, chain.Count, inTurn: true));
    }

    private readonly record struct Chain(NftGroup Group, int Count, int Places);
}
