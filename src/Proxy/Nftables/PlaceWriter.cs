using System.Buffers.Binary;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>Writes the difference between what is in the table for a place and what should be.</summary>
internal sealed class PlaceWriter(NftSettings settings, GroupRules groups, TurnChains turns)
{
    private const int MostKeyBytes = PlaceKey.MostBytes + sizeof(uint);
    private readonly IpFamily family = settings.Family;

    /// <summary>Addresses to which some place forwards.</summary>
    public AddressCounts ServiceIPs { get; } = new();

    /// <summary>Cluster IPs.</summary>
    public AddressCounts ClusterIPs { get; } = new();

    /// <summary>Addresses of endpoints.</summary>
    public AddressCounts Endpoints { get; } = new();

    public void Write(NftTransaction table, PlaceKey key, PlaceTarget? before, PlaceTarget? now)
    {
        Span<byte> room = stackalloc byte[PlaceKey.MostBytes];
        var place = key.Write(room, family);
        Count(key, before, -1);
        Count(key, now, 1);
        foreach (var set in key.IsNodePort ? NodePortSets : AddressSets)
        {
            var (was, is_) = (Contains(set, before), Contains(set, now));
            if (was && !is_) table.Delete(set, place);
            if (is_ && !was) table.Add(set, place);
        }
        WriteGroup(table, NftGroup.Of(key.IsNodePort, false), place, Choice.Of(before), Choice.Of(now));
        WriteGroup(table, NftGroup.Of(key.IsNodePort, true), place, Choice.OfLocal(before), Choice.OfLocal(now));
        if (Nullable.Equals(before?.Sources, now?.Sources)) return;
        if (before?.Sources is { } old) FirewallChain.Remove(table, key, place, old, family);
        if (now?.Sources is { } sources) FirewallChain.Write(table, key, place, sources, family);
    }

    private static readonly NftSet[] AddressSets = [NftSet.External, NftSet.ExternalLocal, NftSet.Refused, NftSet.Dropped];
    private static readonly NftSet[] NodePortSets = [NftSet.NodePorts, NftSet.NodePortsLocal, NftSet.RefusedNodePorts, NftSet.DroppedNodePorts];

    private static bool Contains(NftSet set, PlaceTarget? target)
    {
        if (target is null) return false;
        if (set == NftSet.Refused || set == NftSet.RefusedNodePorts) return target.Holdoff == Holdoff.Refuse;
        if (set == NftSet.Dropped || set == NftSet.DroppedNodePorts) return target.Holdoff == Holdoff.Drop;
        if (!target.Forwards) return false;
        if (set == NftSet.NodePorts) return true;
        return target.Kind == (set == NftSet.External ? PlaceKind.External : PlaceKind.ExternalLocal);
    }

    private void Count(PlaceKey key, PlaceTarget? target, int difference)
    {
        if (target is null) return;
        if (!key.IsNodePort && target.Forwards) ServiceIPs.Add(key.Address, difference);
        if (target.Kind == PlaceKind.ClusterIP) ClusterIPs.Add(key.Address, difference);
    }

    private void WriteGroup(NftTransaction table, NftGroup group, ReadOnlySpan<byte> place, Choice before, Choice now)
    {
        WriteEndpoints(table, group, place, before.InMap, now.InMap);
        if (before.Members.Length == 0 && now.Members.Length == 0) return;
        CountEndpoints(before.Members, now.Members);
        if (before.IsLike(now)) return;
        // What is new comes first, so that chains that both use are not taken for unused.
        var chain = ChainOf(table, group, now);
        if (before.Members.Length > 0) RemoveWay(table, group, place, before);
        if (now.Members.Length == 0) return;
        if (chain is null) table.Add(groups.SetOf(table, group, now.Members.Length), place);
        else table.AddGoto(group.Special, place, chain);
    }

    private string? ChainOf(NftTransaction table, NftGroup group, Choice now)
    {
        if (now.Members.Length == 0 || !now.IsSpecial) return null;
        return now.HasAffinity ? AffinityChains.NameOf(now.Port!, now.IsLocal) : turns.Acquire(table, now.Port!, group, now.Members.Length);
    }

    private void RemoveWay(NftTransaction table, NftGroup group, ReadOnlySpan<byte> place, Choice before)
    {
        if (!before.IsSpecial)
        {
            table.Delete(groups.SetOf(table, group, before.Members.Length), place);
            return;
        }
        table.Delete(group.Special, place);
        if (!before.HasAffinity) turns.Release(before.Port!, group, before.Members.Length);
    }

    private void WriteEndpoints(NftTransaction table, NftGroup group, ReadOnlySpan<byte> place, ServiceEndpoint[] before, ServiceEndpoint[] now)
    {
        if (ReferenceEquals(before, now)) return;
        Span<byte> key = stackalloc byte[MostKeyBytes];
        Span<byte> data = stackalloc byte[PlaceKey.MostBytes];
        place.CopyTo(key);
        key = key[..(place.Length + sizeof(uint))];
        for (var slot = 0; slot < Math.Max(before.Length, now.Length); slot++)
        {
            var was = slot < before.Length ? before[slot] : null;
            var is_ = slot < now.Length ? now[slot] : null;
            if (was is not null && is_ is not null && was.Key == is_.Key) continue;
            BitConverter.TryWriteBytes(key[place.Length..], (uint)slot);
            if (was is not null) table.Delete(group.Endpoints, key);
            if (is_ is not null) table.Add(group.Endpoints, key, Write(is_, data));
        }
    }

    private void CountEndpoints(ServiceEndpoint[] before, ServiceEndpoint[] now)
    {
        if (ReferenceEquals(before, now)) return;
        for (var slot = 0; slot < Math.Max(before.Length, now.Length); slot++)
        {
            UInt128? was = slot < before.Length ? before[slot].Key.Number : null;
            UInt128? is_ = slot < now.Length ? now[slot].Key.Number : null;
            if (was == is_) continue;
            if (was is { } old) Endpoints.Add(old, -1);
            if (is_ is { } added) Endpoints.Add(added, 1);
        }
    }

    private ReadOnlySpan<byte> Write(ServiceEndpoint endpoint, Span<byte> room)
    {
        var size = family.AddressBits / 8;
        PlaceKey.WriteAddress(room, endpoint.Key.Number, family);
        BinaryPrimitives.WriteUInt16BigEndian(room[size..], (ushort)endpoint.Port);
        room.Slice(size + 2, 2).Clear();
        return room[..(size + sizeof(uint))];
    }

    /// <summary>The endpoints that one group of a place chooses from.</summary>
    /// <param name="Port">The Service port; null where there was none.</param>
    /// <param name="Members">The endpoints, each in its slot.</param>
    /// <param name="IsLocal">Whether they are those for policy Local.</param>
    private readonly record struct Choice(ServicePort? Port, ServiceEndpoint[] Members, bool IsLocal)
    {
        public bool HasAffinity => Port is { AffinitySeconds: > 0 };

        public bool IsSpecial => HasAffinity || Port is { Balancing: Balancing.RoundRobin };

        /// <summary>Those in the map of endpoints: chains with session affinity name theirs themselves.</summary>
        public ServiceEndpoint[] InMap => HasAffinity ? [] : Members;

        public static Choice Of(PlaceTarget? target) =>
            new(target?.Port, target?.Endpoints ?? [], target is { Kind: PlaceKind.ClusterIP, Port.InternalLocal: true });

        public static Choice OfLocal(PlaceTarget? target) => new(target?.Port, target?.Local ?? [], true);

        /// <summary>Whether the same rules choose.</summary>
        public bool IsLike(Choice other)
        {
            if (Members.Length == 0 || other.Members.Length == 0 || IsSpecial != other.IsSpecial || HasAffinity != other.HasAffinity) return false;
            if (HasAffinity) return AffinityChains.NameOf(Port!, IsLocal) == AffinityChains.NameOf(other.Port!, other.IsLocal);
            return IsSpecial
                ? Port!.Name == other.Port!.Name && Members.Length == other.Members.Length
                : SizeClass.Of(Members.Length) == SizeClass.Of(other.Members.Length);
        }
    }
}
