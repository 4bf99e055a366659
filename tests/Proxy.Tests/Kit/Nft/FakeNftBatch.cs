using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Nftables.Listing;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>Carries out the messages of one batch, one after the other, on a table; null where there is none.</summary>
internal sealed class FakeNftBatch(IpFamily family, FakeNftTable? table)
{
    private bool mustBeChecked;

    /// <summary>The table as it is now.</summary>
    public FakeNftTable? Table { get; private set; } = table;

    private FakeNftTable Present => Table ?? throw new NftFault(NftFault.NoSuchThing);

    /// <summary>Carries out one message.</summary>
    /// <exception cref="NftFault">The kernel would refuse it.</exception>
    public void Execute(NetlinkMessages message)
    {
        Assert.Equal(family == IpFamily.V4 ? 2 : 10, message.Payload[0]);
        var attributes = message.Payload[4..];
        // The first attribute names the table, in messages of all kinds.
        Assert.Equal(NftTransaction.TableName, NftMessageReader.Text(attributes, 1));
        var isNew = message.Type is Wire.NewTable or Wire.NewChain or Wire.NewRule or Wire.NewSet or Wire.NewElement;
        Assert.Equal(isNew, message.Flags.HasFlag(NetlinkFlags.Create));
        switch (message.Type)
        {
            case Wire.NewTable:
                Table ??= new FakeNftTable();
                break;
            case Wire.DeleteTable:
                _ = Present;
                Table = null;
                break;
            case Wire.NewChain or Wire.DeleteChain:
                Chain(message.Type == Wire.NewChain, NftMessageReader.Chain(attributes));
                break;
            case Wire.NewRule or Wire.DeleteRule:
                Rule(message.Type == Wire.NewRule, NftMessageReader.Rule(attributes));
                break;
            case Wire.NewSet or Wire.DeleteSet:
                Set(message.Type == Wire.NewSet, NftMessageReader.Set(attributes));
                break;
            case Wire.NewElement or Wire.DeleteElement:
                var (set, elements) = NftMessageReader.Elements(attributes);
                foreach (var element in elements) Element(message.Type == Wire.NewElement, set, element);
                break;
            default:
                throw new InvalidOperationException($"the fake does not know messages of type {message.Type}");
        }
    }

    /// <summary>What the kernel looks at when all messages are through.</summary>
    /// <exception cref="NftFault">The kernel would refuse the whole.</exception>
    public void Finish()
    {
        if (Table is { } whole && mustBeChecked) NftGraphCheck.Check(whole);
    }

    private void Chain(bool isNew, NftChainDeclaration chain)
    {
        var table = Present;
        var known = table.Chains.GetValueOrDefault(chain.Name);
        if (isNew)
        {
            if (known is not null && known.Declaration != chain) throw new NftFault(NftFault.Exists);
            if (known is null) Table = table with { Chains = table.Chains.Add(chain.Name, new FakeNftChain(chain)) };
            return;
        }
        if (known is null) throw new NftFault(NftFault.NoSuchThing);
        if (table.IsLedTo(chain.Name)) throw new NftFault(NftFault.Busy);
        Table = table with { Chains = table.Chains.Remove(chain.Name) };
    }

    private void Rule(bool isNew, NftRuleDeclaration rule)
    {
        var table = Present;
        var chain = table.Chains.GetValueOrDefault(rule.Chain) ?? throw new NftFault(NftFault.NoSuchThing);
        if (isNew) new NftRuleCheck(table, family.AddressBits / 8).Check(rule);
        mustBeChecked |= isNew;
        Table = table with { Chains = table.Chains.SetItem(rule.Chain, chain with { Rules = isNew ? chain.Rules.Add(rule) : [] }) };
    }

    private void Set(bool isNew, NftSetDeclaration set)
    {
        var table = Present;
        var known = table.Sets.GetValueOrDefault(set.Name);
        if (isNew)
        {
            FakeNftTypes.Check(set, family);
            if (known is not null && known.Declaration != set) throw new NftFault(NftFault.Exists);
            if (known is null) Table = table with { Sets = table.Sets.Add(set.Name, new FakeNftSet(set)) };
            return;
        }
        if (known is null) throw new NftFault(NftFault.NoSuchThing);
        if (table.IsLookedInto(set.Name)) throw new NftFault(NftFault.Busy);
        Table = table with { Sets = table.Sets.Remove(set.Name) };
    }

    private void Element(bool isNew, string name, NftElementDeclaration element)
    {
        var table = Present;
        var set = table.Sets.GetValueOrDefault(name) ?? throw new NftFault(NftFault.NoSuchThing);
        if (element.Key.Count != set.Declaration.KeyLength) throw new NftFault(NftFault.Invalid);
        var known = set.Elements.GetValueOrDefault(element.Key);
        if (isNew)
        {
            CheckData(table, set.Declaration, element);
            if (known is not null && (!known.Data.Equals(element.Data) || known.Verdict != element.Verdict)) throw new NftFault(NftFault.Exists);
            if (element.Expiration > 0) element = element with { Timeout = set.Declaration.Timeout };
        }
        else if (known is null)
        {
            throw new NftFault(NftFault.NoSuchThing);
        }
        if (isNew && known is not null) return;
        if (isNew && set.Declaration.Size > 0 && set.Elements.Count >= set.Declaration.Size) throw new NftFault(NftFault.TooMany);
        mustBeChecked |= element.Verdict is not null;
        Table = table with { Sets = table.Sets.SetItem(name, set with { Elements = isNew ? set.Elements.Add(element.Key, element) : set.Elements.Remove(element.Key) }) };
    }

    private static void CheckData(FakeNftTable table, NftSetDeclaration set, NftElementDeclaration element)
    {
        if (set.GivesVerdicts != element.Verdict is not null) throw new NftFault(NftFault.Invalid);
        if (set.IsMap && !set.GivesVerdicts && element.Data.Count != set.DataLength) throw new NftFault(NftFault.Invalid);
        if (!set.IsMap && element.Data.Count > 0) throw new NftFault(NftFault.Invalid);
        if (element.Expiration > 0 && set.Timeout == 0) throw new NftFault(NftFault.Invalid);
        if (element.Verdict is { Chain.Length: > 0 } verdict && !table.Chains.ContainsKey(verdict.Chain)) throw new NftFault(NftFault.NoSuchThing);
    }
}
