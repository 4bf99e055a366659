using MiniK8s.Proxy.Netlink;
using MiniK8s.Proxy.Nftables.Listing;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables.Text;

/// <summary>What a transaction puts into a new table, in the order in which it comes.</summary>
internal sealed class NftListing
{
    private readonly Dictionary<string, NftListedSet> sets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NftListedChain> chains = new(StringComparer.Ordinal);

    /// <summary>Its sets and maps.</summary>
    public List<NftListedSet> Sets { get; } = [];

    /// <summary>Its chains.</summary>
    public List<NftListedChain> Chains { get; } = [];

    /// <summary>The set of a name.</summary>
    public NftSetDeclaration SetOf(string name) => sets[name].Declaration;

    /// <summary>Reads a transaction that makes a table; what it deletes is not looked at.</summary>
    public static NftListing Of(NftTransaction transaction)
    {
        var batch = new NetlinkWriter();
        transaction.WriteTo(batch);
        var listing = new NftListing();
        var messages = new NetlinkMessages(batch.Written);
        while (messages.MoveNext())
        {
            if (messages.Type >> 8 == Wire.Subsystem) listing.Add(messages.Type, messages.Payload[4..]);
        }
        return listing;
    }

    private void Add(ushort type, ReadOnlySpan<byte> attributes)
    {
        switch (type)
        {
            case Wire.NewSet:
                var set = new NftListedSet(NftMessageReader.Set(attributes), []);
                if (sets.TryAdd(set.Declaration.Name, set)) Sets.Add(set);
                break;
            case Wire.NewChain:
                var chain = new NftListedChain(NftMessageReader.Chain(attributes), []);
                if (chains.TryAdd(chain.Declaration.Name, chain)) Chains.Add(chain);
                break;
            case Wire.NewRule:
                var rule = NftMessageReader.Rule(attributes);
                chains[rule.Chain].Rules.Add(rule);
                break;
            case Wire.NewElement:
                var (name, elements) = NftMessageReader.Elements(attributes);
                sets[name].Elements.AddRange(elements);
                break;
        }
    }
}

/// <summary>A set with its elements.</summary>
internal sealed record NftListedSet(NftSetDeclaration Declaration, List<NftElementDeclaration> Elements);

/// <summary>A chain with its rules.</summary>
internal sealed record NftListedChain(NftChainDeclaration Declaration, List<NftRuleDeclaration> Rules);
