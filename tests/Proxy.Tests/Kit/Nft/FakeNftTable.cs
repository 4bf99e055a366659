using System.Collections.Immutable;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables.Listing;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>A table as the kernel has it. A transaction works on a copy and leaves the original when it fails.</summary>
internal sealed record FakeNftTable
{
    public ImmutableDictionary<string, FakeNftChain> Chains { get; init; } = ImmutableDictionary<string, FakeNftChain>.Empty;

    public ImmutableDictionary<string, FakeNftSet> Sets { get; init; } = ImmutableDictionary<string, FakeNftSet>.Empty;

    /// <summary>Whether a rule or an element leads to a chain. A chain's own rules do not count: they go with it.</summary>
    public bool IsLedTo(string chain)
    {
        foreach (var (name, other) in Chains)
        {
            if (name != chain && other.Rules.Exists(rule => LeadsTo(rule, chain))) return true;
        }
        foreach (var (_, set) in Sets)
        {
            if (set.Declaration.GivesVerdicts && set.Elements.Values.Any(element => element.Verdict!.Chain == chain)) return true;
        }
        return false;
    }

    /// <summary>Whether a rule looks into a set.</summary>
    public bool IsLookedInto(string set) => Chains.Values.Any(chain => chain.Rules.Any(rule => SetsOf(rule).Contains(set)));

    /// <summary>The chains that a rule can lead to, by itself or by a verdict map.</summary>
    public IEnumerable<string> LeadsTo(NftRuleDeclaration rule)
    {
        foreach (var expression in rule.Expressions)
        {
            if (expression is NftExpression.Verdict { Chain.Length: > 0 } verdict) return [verdict.Chain];
            if (expression is NftExpression.Lookup { GivesVerdict: true } lookup) return Sets[lookup.Set].Elements.Values.Select(element => element.Verdict!.Chain).Where(chain => chain.Length > 0).Distinct();
        }
        return [];
    }

    /// <summary>The sets that a rule uses.</summary>
    public static IEnumerable<string> SetsOf(NftRuleDeclaration rule) => rule.Expressions
        .Select(expression => expression switch
        {
            NftExpression.Lookup lookup => lookup.Set,
            NftExpression.Remember remember => remember.Set,
            _ => "",
        })
        .Where(set => set.Length > 0);

    private static bool LeadsTo(NftRuleDeclaration rule, string chain) => rule.Expressions is [.., NftExpression.Verdict verdict] && verdict.Chain == chain;
}

/// <summary>A chain and its rules.</summary>
internal sealed record FakeNftChain(NftChainDeclaration Declaration)
{
    public ImmutableList<NftRuleDeclaration> Rules { get; init; } = [];
}

/// <summary>A set and its elements.</summary>
internal sealed record FakeNftSet(NftSetDeclaration Declaration)
{
    public ImmutableDictionary<ValueArray<byte>, NftElementDeclaration> Elements { get; init; } = ImmutableDictionary<ValueArray<byte>, NftElementDeclaration>.Empty;
}
