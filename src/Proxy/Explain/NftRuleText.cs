using System.Collections.Immutable;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Nftables.Text;

namespace MiniK8s.Proxy.Explain;

/// <summary>
/// What a Service port adds to the table of nftables, in nft's own words: the elements of sets and maps that lead to it, the rules
/// that choose among so many endpoints, and its own chains where it has some.
/// </summary>
internal sealed class NftRuleText(NftSettings settings) : IRuleText
{
    /// <summary>Beginnings of names, in the order in which a packet meets them; the rest comes after.</summary>
    private static readonly string[] Order =
    [
        "map firewall", "chain firewall/", "set service-ips", "set cluster-ips", "set nodeport", "set external", "set of-", "map special",
        "chain choose", "chain affinity/", "chain turns/", "chain endpoint/", "map endpoints", "set hairpin", "set refused", "set dropped",
    ];

    private string Table => $"{(settings.Family == IpFamily.V4 ? "ip" : "ip6")} {NftTransaction.TableName}";

    /// <inheritdoc/>
    public IReadOnlyList<RuleBlock> RulesOf(ProxyModel model, ServicePortName name)
    {
        if (!model.Services.TryGetValue(name, out var state)) return [];
        var none = model with { Services = ImmutableSortedDictionary<ServicePortName, ServiceState>.Empty };
        var without = PlacesOf(none).ToDictionary(place => place.Name, place => place.Lines.Count, StringComparer.Ordinal);
        // What a Service port adds to a place comes after what is there without it.
        return [.. PlacesOf(none with { Services = none.Services.Add(name, state) })
            .OrderBy(place => RankOf(place.Name))
            .Select(place => new RuleBlock($"{Table} {place.Name}", place.Lines[without.GetValueOrDefault(place.Name)..]))
            .Where(block => block.Lines.Count > 0)];
    }

    private List<(string Name, List<string> Lines)> PlacesOf(ProxyModel model)
    {
        var transaction = new NftTransaction(settings.Family);
        NftTable.Create(settings, model, transaction);
        var listing = NftListing.Of(transaction);
        return
        [
            .. listing.Sets.Select(set => ($"{(set.Declaration.IsMap ? "map" : "set")} {set.Declaration.Name}", set.Elements.ConvertAll(element => NftValueText.Of(element, set.Declaration)))),
            .. listing.Chains.Select(chain => ($"chain {chain.Declaration.Name}", chain.Rules.ConvertAll(rule => NftRuleLine.Of(rule, settings.Family, listing.SetOf)))),
        ];
    }

    private static int RankOf(string place)
    {
        var rank = Array.FindIndex(Order, beginning => place.StartsWith(beginning, StringComparison.Ordinal));
        return rank < 0 ? Order.Length : rank;
    }
}
