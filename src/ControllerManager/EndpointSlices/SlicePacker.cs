using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.ControllerManager.EndpointSlices;

/// <summary>
/// Cuts endpoints into slices with as few writes as it can: what exists is kept where it is, slices that must be written anyway
/// are filled first, and slices are not re-balanced for the sake of it (KEP-752; each write travels to every node).
/// </summary>
internal sealed class SlicePacker
{
    private readonly SliceOwner owner;
    private readonly List<SliceDraft> create = [];
    private readonly List<EndpointSlice> update = [];
    private readonly List<EndpointSlice> delete = [];

    private SlicePacker(SliceOwner owner) => this.owner = owner;

    /// <summary>The writes that turn <paramref name="existing"/> into slices of <paramref name="desired"/>.</summary>
    /// <param name="owner">Whose slices they are.</param>
    /// <param name="addressTypes">The families that the owner has slices of, even if empty; slices of others are deleted.</param>
    /// <param name="desired">At most one group for each family and list of ports.</param>
    /// <param name="existing">All slices of the owner's name and controller.</param>
    public static SlicePlan Pack(
        SliceOwner owner, IReadOnlyList<string> addressTypes, IReadOnlyList<EndpointGroup> desired, IReadOnlyList<EndpointSlice> existing)
    {
        var names = existing.Select(s => s.Metadata.Name ?? "").ToHashSet();
        var plan = new List<SlicePlan>();
        foreach (var type in addressTypes)
        {
            var packer = new SlicePacker(owner);
            packer.PackFamily(type, [.. desired.Where(g => g.AddressType == type)], [.. existing.Where(s => s.AddressType == type)]);
            plan.Add(packer.ToPlan(names));
        }

        var foreign = existing.Where(s => !addressTypes.Contains(s.AddressType));
        return new SlicePlan(
            [.. plan.SelectMany(p => p.Create)], [.. plan.SelectMany(p => p.Update)], [.. plan.SelectMany(p => p.Delete), .. foreign]);
    }

    private void PackFamily(string type, IReadOnlyList<EndpointGroup> groups, IReadOnlyList<EndpointSlice> existing)
    {
        // Slices of an earlier object of the same name are never reused: their consumers may still tell the two apart by owner.
        delete.AddRange(existing.Where(s => !owner.Owns(s)));
        var owned = existing.Where(owner.Owns).OrderBy(s => s.Metadata.Name, StringComparer.Ordinal).ToLookup(s => EndpointIdentity.OfPorts(s.Ports));
        var wanted = groups.Select(g => EndpointIdentity.OfPorts(g.Ports)).ToHashSet();

        foreach (var group in groups) PackGroup(group, [.. owned[EndpointIdentity.OfPorts(group.Ports)]]);
        delete.AddRange(owned.Where(ports => !wanted.Contains(ports.Key)).SelectMany(slices => slices));
        if (create.Count == 0 && delete.Count == existing.Count) KeepPlaceholder(type);
    }

    private void PackGroup(EndpointGroup group, IReadOnlyList<EndpointSlice> existing)
    {
        var pool = group.Endpoints.DistinctBy(EndpointIdentity.Of).ToDictionary(EndpointIdentity.Of);
        var (changed, unchanged) = Retain(group, existing, pool);

        // The pool keeps the group's order for those that are not in a slice yet.
        var rest = new Queue<Endpoint>(group.Endpoints.Where(e => pool.Remove(EndpointIdentity.Of(e))));
        foreach (var draft in changed.OrderByDescending(d => d.Endpoints.Count)) draft.Fill(rest, owner.MaxPerSlice);
        while (rest.Count > 0)
        {
            var draft = Roomiest(unchanged, rest.Count);
            if (draft is null) create.Add(draft = new SliceDraft(null, group.AddressType, group.Ports, []));
            else if (unchanged.Remove(draft)) changed.Add(draft);
            draft.Fill(rest, owner.MaxPerSlice);
        }

        update.AddRange(changed.Select(d => d.ToUpdate(owner, d.Existing!)));
    }

    /// <summary>Leaves in each slice what still belongs there, in its present state; a slice that loses all is deleted.</summary>
    private (List<SliceDraft> Changed, List<SliceDraft> Unchanged) Retain(
        EndpointGroup group, IReadOnlyList<EndpointSlice> existing, Dictionary<string, Endpoint> pool)
    {
        var (changed, unchanged) = (new List<SliceDraft>(), new List<SliceDraft>());
        foreach (var slice in existing)
        {
            var kept = new List<Endpoint>(slice.Endpoints.Count);
            var same = owner.HeaderFits(slice);
            foreach (var endpoint in slice.Endpoints)
            {
                if (!pool.Remove(EndpointIdentity.Of(endpoint), out var present))
                {
                    same = false;
                    continue;
                }

                same &= EndpointIdentity.IsUnchangedButForHints(endpoint, present) && (owner.HintsComeLater || EndpointIdentity.SameHints(endpoint, present));
                kept.Add(present);
            }

            if (kept.Count == 0) delete.Add(slice);
            else (same ? unchanged : changed).Add(new SliceDraft(slice, group.AddressType, group.Ports, kept));
        }

        return (changed, unchanged);
    }

    /// <summary>The fullest slice that takes all the rest, so that one write is enough; null where none does.</summary>
    private SliceDraft? Roomiest(List<SliceDraft> unchanged, int rest) =>
        unchanged.Where(d => d.Endpoints.Count + rest <= owner.MaxPerSlice).MaxBy(d => d.Endpoints.Count);

    /// <summary>A family without endpoints has one slice without ports: it says "none", where no slice would say "not known yet".</summary>
    private void KeepPlaceholder(string type)
    {
        var placeholder = delete.Count(owner.Owns) == 1 ? delete.Single(owner.Owns) : null;
        if (placeholder is { Endpoints.Count: 0, Ports.Count: 0 } && owner.HeaderFits(placeholder)) delete.Remove(placeholder);
        else create.Add(new SliceDraft(null, type, [], []));
    }

    /// <summary>Turns pairs of a delete and a create into one update: half the writes, and no moment without the slice.</summary>
    private SlicePlan ToPlan(ISet<string> names)
    {
        var recycled = delete.Where(owner.Owns).Zip(create).ToList();
        update.AddRange(recycled.Select(pair => pair.Second.ToUpdate(owner, pair.First)));
        var gone = delete.Except(recycled.Select(pair => pair.First));
        var fresh = owner.Deleting ? [] : create.Skip(recycled.Count);
        return new SlicePlan([.. fresh.Select(d => d.ToCreate(owner, SliceNames.Next(owner.ServiceName, owner.Reference.Uid, names)))], [.. update], [.. gone]);
    }
}
