using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// What is in the kernel's table, as far as it must be known to write a difference: the plan of every Service port and who shares
/// what. Knows no kernel: changes go into a transaction, and when that fails this is no longer true and a new one is begun.
/// </summary>
internal sealed class NftTable
{
    private readonly NftSettings settings;
    private readonly Dictionary<ServicePortName, PortPlan> plans = [];
    private readonly GroupRules groups = new();
    private readonly TurnChains turns = new();
    private readonly AffinityChains affinity = new();
    private readonly PlaceWriter writer;
    private readonly PlaceTable places;
    private ValueArray<IPAddress>? nodePortAddresses;

    private NftTable(NftSettings settings)
    {
        this.settings = settings;
        writer = new PlaceWriter(settings, groups, turns);
        places = new PlaceTable(writer);
    }

    /// <summary>The plan of each Service port.</summary>
    public IReadOnlyDictionary<ServicePortName, PortPlan> Plans => plans;

    /// <summary>Every place of entry, with what happens there.</summary>
    public IEnumerable<(PlaceKey Key, PlaceTarget Target)> Places => places.All;

    /// <summary>The sets in which the kernel notes clients of Services with session affinity.</summary>
    public IEnumerable<NftSet> AffinitySets => affinity.Sets;

    /// <summary>Writes everything into a table that is made anew.</summary>
    public static NftTable Create(NftSettings settings, ProxyModel model, NftTransaction transaction)
    {
        var table = new NftTable(settings) { nodePortAddresses = model.Node.NodePortAddresses };
        transaction.ReplaceTable();
        new NftSchema(settings).Write(transaction, model.Node);
        foreach (var (name, state) in model.Services) table.Change(name, state, model.Node, transaction);
        table.Finish(transaction);
        transaction.MakeRoom();
        table.plans.TrimExcess();
        table.places.TrimExcess();
        return table;
    }

    /// <summary>Whether the way to a model changes rules that are no Service's, so that everything must be written.</summary>
    public bool NeedsFull(ProxyChange change) => !Nullable.Equals(change.Current.Node.NodePortAddresses, nodePortAddresses);

    /// <summary>Writes the difference between two models.</summary>
    public void Change(ProxyChange change, NftTransaction transaction)
    {
        // Zone and address of the node can matter to every Service.
        var touched = change.NodeChanged ? change.Previous.Services.Keys.Union(change.Current.Services.Keys) : change.Touched;
        foreach (var name in touched) Change(name, change.Current.Services.GetValueOrDefault(name), change.Current.Node, transaction);
        Finish(transaction);
    }

    /// <summary>Writes everything as it is now, for a comparison with what the kernel has.</summary>
    public void WriteAll(NodeState node, NftTransaction transaction)
    {
        new NftSchema(settings).Write(transaction, node);
        groups.WriteAll(transaction);
        turns.WriteAll(transaction);
        var fresh = new AffinityChains();
        foreach (var plan in plans.Values) fresh.Change(transaction, null, plan);
        var copy = new PlaceWriter(settings, groups, turns.Copy());
        foreach (var (key, target) in places.All) copy.Write(transaction, key, null, target);
        Settle(copy, transaction);
    }

    private void Change(ServicePortName name, ServiceState? state, NodeState node, NftTransaction transaction)
    {
        var before = plans.GetValueOrDefault(name);
        if (state is null)
        {
            plans.Remove(name);
            Replace(name, before, null, transaction);
            return;
        }
        var now = plans[name] = PortPlanner.Plan(state, node, before);
        Replace(name, before, now, transaction);
    }

    private void Replace(ServicePortName name, PortPlan? before, PortPlan? now, NftTransaction transaction)
    {
        affinity.Change(transaction, before, now);
        places.Change(name, before, now);
    }

    private void Finish(NftTransaction transaction)
    {
        places.Write(transaction);
        turns.Settle(transaction);
        Settle(writer, transaction);
    }

    private void Settle(PlaceWriter written, NftTransaction transaction)
    {
        written.ServiceIPs.Settle((address, isUsed) => Set(transaction, NftSet.ServiceIPs, address, isUsed, 1));
        written.ClusterIPs.Settle((address, isUsed) => Set(transaction, NftSet.ClusterIPs, address, isUsed, 1));
        written.Endpoints.Settle((address, isUsed) => Set(transaction, NftSet.Hairpin, address, isUsed, 2));
    }

    private void Set(NftTransaction transaction, NftSet set, UInt128 address, bool isUsed, int times)
    {
        Span<byte> key = stackalloc byte[2 * 16];
        var size = settings.Family.AddressBits / 8;
        for (var i = 0; i < times; i++) PlaceKey.WriteAddress(key[(i * size)..], address, settings.Family);
        key = key[..(times * size)];
        if (isUsed) transaction.Add(set, key);
        else transaction.Delete(set, key);
    }
}
