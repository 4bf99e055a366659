using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.ControllerManager.EndpointSlices.Topology;

/// <summary>
/// Decides which zone's clients should use which endpoint, for Services that ask for it (topology-mode Auto; KEP-2433). Each zone gets
/// endpoints by its share of the cluster's CPU, its own ones first. Where that cannot be done without overload no endpoint has a hint,
/// and proxies use them all. As AddHints in Kubernetes v1.32's endpointslice/topologycache.
/// </summary>
internal static class TopologyHintPlanner
{
    /// <summary>What the planner looks at.</summary>
    internal sealed record Input
    {
        /// <summary>The slices' owner.</summary>
        public required SliceOwner Owner { get; init; }

        /// <summary>The families that the Service has endpoints of.</summary>
        public required IReadOnlyList<string> AddressTypes { get; init; }

        /// <summary>The Service's slices as they are.</summary>
        public required IReadOnlyList<EndpointSlice> Existing { get; init; }

        /// <summary>How the cluster's CPU is divided.</summary>
        public required ZoneShares Shares { get; init; }
    }

    /// <summary>
    /// The packed slices with their hints. A slice that is not to be written keeps the hints it has if they fit, and is written too if
    /// they do not; a slice that is written gets new ones.
    /// </summary>
    public static SlicePlan Plan(SlicePlan packed, Input input)
    {
        var touched = packed.Update.Concat(packed.Delete).Select(s => s.Metadata.Name).ToHashSet();
        var settled = input.Existing.Where(s => !touched.Contains(s.Metadata.Name)).OrderBy(s => s.Metadata.Name, StringComparer.Ordinal).ToList();
        var families = input.AddressTypes.Select(type => PlanFamily(type, input, new Slices(
            [.. packed.Create.Where(s => s.AddressType == type)], [.. packed.Update.Where(s => s.AddressType == type)],
            [.. settled.Where(s => s.AddressType == type)]))).ToList();
        return packed with
        {
            Create = [.. families.SelectMany(f => f.Slices.Create)],
            Update = [.. families.SelectMany(f => f.Slices.Update)],
            Hints = [.. families.Select(f => f.Verdict)],
        };
    }

    private static (Slices Slices, HintVerdict Verdict) PlanFamily(string type, Input input, Slices before)
    {
        var ready = before.All.Sum(s => s.Endpoints.Count(HintDraft.IsReady));
        var (zones, refusal) = ZoneAllocation.Of(input.Shares, ready);
        if (refusal is { } why) return Refuse(why, Words(why, input.Shares, ready));

        var (opened, hinted) = Judge(before.Settled, zones);
        List<HintDraft> create = [.. before.Create.Select(s => new HintDraft(s))], update = [.. before.Update.Concat(opened).Select(s => new HintDraft(s))];
        if (create.Concat(update).Select(d => d.WithoutZone).FirstOrDefault(e => e is not null) is { } placeless)
            return Refuse(HintRefusal.EndpointWithoutZone, $"endpoint {string.Join(',', placeless.Addresses)} is on a node without a zone");

        Count(hinted, create.Concat(update).SelectMany(d => d.Hints));
        var balance = ZoneBalance.Of(zones, hinted);
        foreach (var draft in create.Concat(update)) draft.Lend(balance);

        var written = update.Take(before.Update.Count).Select(d => d.Finished());
        var reopened = opened.Zip(update.Skip(before.Update.Count), (was, draft) => Rewritten(input.Owner, was, draft.Finished()));
        return (new Slices([.. create.Select(d => d.Finished())], [.. written, .. reopened.OfType<EndpointSlice>()], []), new HintVerdict(type));

        (Slices, HintVerdict) Refuse(HintRefusal refusal, string detail)
        {
            var cleared = before.Settled.Select(s => Rewritten(input.Owner, s, Bare(s))).OfType<EndpointSlice>();
            return (new Slices([.. before.Create.Select(Bare)], [.. before.Update.Select(Bare), .. cleared], []), new HintVerdict(type, refusal, detail));
        }
    }

    /// <summary>
    /// The slices whose hints do not fit, and how many endpoints the others have for each zone (getHintsByZone in Kubernetes). A slice
    /// does not fit if a ready endpoint has no hint, or one for a zone that gets none, or if a zone had more than its maximum then.
    /// </summary>
    private static (List<EndpointSlice> Unfit, Dictionary<string, int> Hinted) Judge(IReadOnlyList<EndpointSlice> settled, IReadOnlyList<ZoneAllocation> zones)
    {
        var room = zones.ToDictionary(zone => zone.Zone, zone => zone.Maximum);
        var (unfit, hinted) = (new List<EndpointSlice>(), new Dictionary<string, int>());
        foreach (var slice in settled)
        {
            var hints = slice.Endpoints.Where(HintDraft.IsReady).Select(e => e.Hints?.ForZones.Select(z => z.Name).ToList() ?? []).ToList();
            var fits = hints.All(h => h.Count > 0) && hints.SelectMany(h => h).CountBy(zone => zone)
                .All(zone => room.TryGetValue(zone.Key, out var most) && hinted.GetValueOrDefault(zone.Key) + zone.Value <= most);
            if (fits) Count(hinted, hints.SelectMany(h => h));
            else unfit.Add(slice);
        }

        return (unfit, hinted);
    }

    private static void Count(Dictionary<string, int> hinted, IEnumerable<string> zones)
    {
        foreach (var zone in zones) hinted[zone] = hinted.GetValueOrDefault(zone) + 1;
    }

    /// <summary>
    /// The slice to write; null where it has those hints already. A slice that can never fit (its endpoints are in a zone without
    /// nodes that count) comes out the same each time, and must not be written each time.
    /// </summary>
    private static EndpointSlice? Rewritten(SliceOwner owner, EndpointSlice was, EndpointSlice now) =>
        was.Endpoints.Zip(now.Endpoints).All(pair => EndpointIdentity.SameHints(pair.First, pair.Second))
            ? null : now with { Metadata = owner.MetadataFor(was, was.Metadata.Name ?? "") };

    private static EndpointSlice Bare(EndpointSlice slice) => slice with { Endpoints = [.. slice.Endpoints.Select(e => e with { Hints = null })] };

    private static string Words(HintRefusal refusal, ZoneShares shares, int ready) => refusal switch
    {
        HintRefusal.TooFewEndpoints => $"{ready} ready endpoints are too few for {shares.Zones.Count} zones, of which each needs one",
        HintRefusal.Overload => $"{ready} ready endpoints cannot be divided among {shares.Zones.Count} zones by their CPU without giving some a fifth too much",
        _ => shares.Lack ?? "",
    };

    /// <summary>The slices of one family: to be created, to be updated, and to be left alone so far.</summary>
    private sealed record Slices(IReadOnlyList<EndpointSlice> Create, IReadOnlyList<EndpointSlice> Update, IReadOnlyList<EndpointSlice> Settled)
    {
        public IEnumerable<EndpointSlice> All => Create.Concat(Update).Concat(Settled);
    }
}
