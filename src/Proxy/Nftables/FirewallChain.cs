using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>The chain of one address that only some may use: who is in none of the blocks is dropped.</summary>
internal static class FirewallChain
{
    public static void Write(NftTransaction table, PlaceKey place, ReadOnlySpan<byte> key, ValueArray<IPNetwork> sources, IpFamily family)
    {
        var chain = NameOf(place, sources, family);
        table.NewChain(chain);
        foreach (var block in sources) table.AddRule(chain, rule => rule.SourceIn(block).Return());
        table.AddRule(chain, rule => rule.Drop());
        table.AddGoto(NftSet.Firewall, key, chain);
    }

    public static void Remove(NftTransaction table, PlaceKey place, ReadOnlySpan<byte> key, ValueArray<IPNetwork> sources, IpFamily family)
    {
        table.Delete(NftSet.Firewall, key);
        table.DeleteChain(NameOf(place, sources, family));
    }

    /// <summary>Other blocks give another name, so that the old chain can go in the same transaction in which the new one comes.</summary>
    public static string NameOf(PlaceKey place, ValueArray<IPNetwork> sources, IpFamily family)
    {
        return $"firewall/{NftNames.Of(place.ToAddress(family))}/{place.Protocol.LowerName()}/{place.Port}/{NftNames.Mark(string.Join(',', sources))}";
    }
}
