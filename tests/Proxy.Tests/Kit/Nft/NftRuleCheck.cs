using MiniK8s.Proxy.Nftables.Listing;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>
/// Checks a rule as the kernel does when it is added: sets and chains must be there, registers must exist and be written before
/// they are read. And as nft 1.0.6 wants it: it cannot list a rule in which what one lookup found is looked up by another.
/// </summary>
internal sealed class NftRuleCheck(FakeNftTable table, int addressSize)
{
    private const int Registers = 16;
    private readonly bool[] written = new bool[Registers];
    private readonly bool[] found = new bool[Registers];

    /// <exception cref="NftFault">The kernel would refuse it.</exception>
    public void Check(NftRuleDeclaration rule)
    {
        foreach (var expression in rule.Expressions) Check(expression);
    }

    private void Check(NftExpression expression)
    {
        switch (expression)
        {
            case NftExpression.Payload payload:
                Write(payload.Register, payload.Length);
                break;
            case NftExpression.Meta meta:
                Write(meta.Register, sizeof(uint));
                break;
            case NftExpression.StoreMark mark:
                Read(mark.Register, sizeof(uint));
                break;
            case NftExpression.Conntrack conntrack:
                Write(conntrack.Register, sizeof(uint));
                break;
            case NftExpression.AddressType type:
                Write(type.Register, sizeof(uint));
                break;
            case NftExpression.Number number:
                if (number.Limit == 0) throw new NftFault(NftFault.OutOfRange);
                Write(number.Register, sizeof(uint));
                break;
            case NftExpression.Constant constant:
                Write(constant.Register, constant.Value.Count);
                break;
            case NftExpression.Bits bits:
                if (bits.Mask.Count != bits.Flip.Count) throw new NftFault(NftFault.Invalid);
                Read(bits.From, bits.Mask.Count);
                Write(bits.To, bits.Mask.Count);
                break;
            case NftExpression.Compare compare:
                Read(compare.Register, compare.Value.Count);
                break;
            default:
                CheckEnd(expression);
                break;
        }
    }

    private void CheckEnd(NftExpression expression)
    {
        switch (expression)
        {
            case NftExpression.Lookup lookup:
                Look(lookup);
                break;
            case NftExpression.Remember remember:
                Read(remember.Key, SetOf(remember.Set).KeyLength);
                break;
            case NftExpression.Translate translate:
                Read(translate.Address, addressSize);
                Read(translate.Port, sizeof(ushort));
                break;
            case NftExpression.Verdict { Chain.Length: > 0 } verdict:
                if (!table.Chains.TryGetValue(verdict.Chain, out var chain)) throw new NftFault(NftFault.NoSuchThing);
                if (chain.Declaration.Base is not null) throw new NftFault(NftFault.NotSupported);
                break;
            case NftExpression.Verdict or NftExpression.Masquerade or NftExpression.Reject:
                break;
            default:
                throw new InvalidOperationException($"the fake does not know {expression}");
        }
    }

    private void Look(NftExpression.Lookup lookup)
    {
        var set = SetOf(lookup.Set);
        Read(lookup.Key, set.KeyLength);
        if (Words(lookup.Key, set.KeyLength).Any(word => found[word])) throw new InvalidOperationException($"nft cannot list a rule that looks up in {lookup.Set} what another lookup found");
        if (lookup.GivesVerdict && !set.GivesVerdicts) throw new NftFault(NftFault.Invalid);
        if (lookup.Value is not { } value) return;
        if (!set.IsMap || set.GivesVerdicts) throw new NftFault(NftFault.Invalid);
        Write(value, set.DataLength);
        foreach (var word in Words(value, set.DataLength)) found[word] = true;
    }

    private NftSetDeclaration SetOf(string name) => table.Sets.TryGetValue(name, out var set) ? set.Declaration : throw new NftFault(NftFault.NoSuchThing);

    private void Write(int register, int length)
    {
        foreach (var word in Words(register, length)) (written[word], found[word]) = (true, false);
    }

    private void Read(int register, int length)
    {
        if (Words(register, length).Any(word => !written[word])) throw new NftFault(NftFault.NoData);
    }

    private static IEnumerable<int> Words(int register, int length)
    {
        var words = (length + sizeof(uint) - 1) / sizeof(uint);
        return words > 0 && register + words <= Registers ? Enumerable.Range(register, words) : throw new NftFault(NftFault.OutOfRange);
    }
}
