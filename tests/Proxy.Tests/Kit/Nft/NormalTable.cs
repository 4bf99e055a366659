using System.Text;
using MiniK8s.Proxy.Nftables.Listing;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>
/// A table as text in which two tables that do the same are equal: which slot an endpoint has does not count, nor in which order
/// endpoints stand in a chain with session affinity, nor the rules for numbers of endpoints that no Service has any more.
/// </summary>
internal static class NormalTable
{
    public static string Of(FakeNftTable table)
    {
        var text = new StringBuilder();
        foreach (var set in table.Sets.Values.OrderBy(set => set.Declaration.Name, StringComparer.Ordinal))
        {
            if (IsOfSize(set.Declaration.Name) && set.Elements.IsEmpty) continue;
            var declaration = set.Declaration;
            text.Append(declaration.Name).Append(' ').Append(declaration.Flags).Append(' ').Append(declaration.KeyTypes).Append(declaration.DataTypes).Append(declaration.Timeout).Append('\n');
            foreach (var line in LinesOf(set).Order(StringComparer.Ordinal)) text.Append("  ").Append(line).Append('\n');
        }
        foreach (var chain in table.Chains.Values.OrderBy(chain => chain.Declaration.Name, StringComparer.Ordinal))
        {
            if (table.Sets.GetValueOrDefault(SetOfChain(chain.Declaration.Name)) is { Elements.IsEmpty: true }) continue;
            text.Append(chain.Declaration).Append('\n');
            foreach (var line in LinesOf(table, chain)) text.Append("  ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    private static bool IsOfSize(string set) => set.StartsWith("of-", StringComparison.Ordinal);

    /// <summary>The set of places that lead to a chain of draws: <c>of-16-nodeport</c> for <c>choose-nodeport-16</c>.</summary>
    private static string SetOfChain(string chain)
    {
        if (!chain.StartsWith("choose", StringComparison.Ordinal) || !char.IsAsciiDigit(chain[^1])) return "";
        var end = chain.LastIndexOf('-');
        return $"of-{chain[(end + 1)..]}{chain["choose".Length..end]}";
    }

    private static IEnumerable<string> LinesOf(FakeNftSet set) => set.Elements.Values.Select(element =>
    {
        var isOfSlots = set.Declaration.Name.StartsWith("endpoints", StringComparison.Ordinal);
        var key = isOfSlots ? element.Key.AsSpan()[..^4] : element.Key.AsSpan();
        return $"{Convert.ToHexString(key)} {Convert.ToHexString(element.Data.AsSpan())} {element.Verdict}";
    });

    private static IEnumerable<string> LinesOf(FakeNftTable table, FakeNftChain chain)
    {
        var rules = chain.Rules.Where(rule => !FakeNftTable.SetsOf(rule).Any(set => IsOfSize(set) && table.Sets[set].Elements.IsEmpty)).ToList();
        var name = chain.Declaration.Name;
        // Every place is in one set of sizes, so that the order of the rules that look into them says nothing.
        if (name.StartsWith("choose", StringComparison.Ordinal)) return rules.Select(rule => $"{rule.Expressions}").Order(StringComparer.Ordinal);
        if (!name.StartsWith("affinity/", StringComparison.Ordinal)) return rules.Select(rule => $"{rule.Expressions} {rule.Comment}");
        var former = rules.TakeWhile(rule => rule.Expressions.OfType<NftExpression.Lookup>().Any()).ToList();
        var others = rules[former.Count..];
        return
        [
            .. former.Select(rule => $"{rule.Expressions}").Order(StringComparer.Ordinal),
            .. others.Select(rule => $"{rule.Expressions[^1]}").Order(StringComparer.Ordinal),
            .. others.Select(rule => $"{string.Join(' ', rule.Expressions.SkipLast(1))}"),
        ];
    }
}
