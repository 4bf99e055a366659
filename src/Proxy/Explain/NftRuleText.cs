using System.Collections.Immutable;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;

namespace MiniK8s.Proxy.Explain;

/// <summary>
/// What a Service port adds to the table of nftables: the elements of sets and maps that lead to it, and its own chains where it has
/// some. Chains that all Services share are told where it is what they were made for.
/// </summary>
internal sealed class NftRuleText(NftSettings settings) : IRuleText
{
    /// <summary>Beginnings of names, in the order in which a packet meets them; the rest comes after.</summary>
    private static readonly string[] Order =
    [
        "map firewall", "chain firewall/", "set service-ips", "set cluster-ips", "set nodeport", "set external", "set of-", "map special",
        "chain choose", "chain affinity/", "chain turns/", "chain endpoint/", "map endpoints", "set hairpin", "set refused", "set dropped",
    ];

    /// <inheritdoc/>
    public IReadOnlyList<RuleBlock> RulesOf(ProxyModel model, ServicePortName name)
    {
        if (!model.Services.TryGetValue(name, out var state)) return [];
        var none = model with { Services = ImmutableSortedDictionary<ServicePortName, ServiceState>.Empty };
        var without = NftContentText.Of(settings, none, withSlots: true).Places;
        var with = NftContentText.Of(settings, none with { Services = none.Services.Add(name, state) }, withSlots: true).Places;
        return [.. with
            .OrderBy(place => RankOf(place.Key))
            .Select(place => new RuleBlock($"{Table} {place.Key}", Added(place.Key, place.Value, without.GetValueOrDefault(place.Key, []))))
            .Where(block => block.Lines.Count > 0)];
    }

    private string Table => $"{(settings.Family == IpFamily.V4 ? "ip" : "ip6")} {NftTransaction.TableName}";

    private List<string> Added(string place, List<string> now, List<string> before)
    {
        var added = now[before.Count..];
        if (!place.StartsWith("chain ", StringComparison.Ordinal)) return [.. now.Except(before)];
        return added.Count == 0 ? [] : [$"{(added.Count == 1 ? "1 rule" : $"{added.Count} rules")}{(IsShared(place) ? " for all Services with as many endpoints" : "")}: nft list chain {Table} {place["chain ".Length..]}"];
    }

    private static bool IsShared(string place) => place.StartsWith("chain choose", StringComparison.Ordinal);

    private static int RankOf(string place)
    {
        var rank = Array.FindIndex(Order, beginning => place.StartsWith(beginning, StringComparison.Ordinal));
        return rank < 0 ? Order.Length : rank;
    }
}
