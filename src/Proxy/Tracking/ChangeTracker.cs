using System.Collections.Immutable;
using System.Net;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Tracking;

/// <summary>
/// Collects changes of Services, EndpointSlices and the Node as they come, in any order and from any thread, and hands them out
/// as one step from model to model. What came and went in between, or changed nothing that a packet could feel, is not in it.
/// A step costs what its changes cost, however many Services there are.
/// </summary>
internal sealed class ChangeTracker
{
    /// <summary>After a step of so many Services, the first of all above all, room that was taken in advance is given back.</summary>
    private const int LargeStep = 1000;

    private readonly Lock gate = new();
    private readonly TrackerOptions options;
    private readonly ServiceReader services;
    private readonly SliceReader slices;
    private readonly Dictionary<ObjectKey, ServiceRecord> records = [];
    private readonly Dictionary<ObjectKey, ServiceRecord> recordOfSlice = [];
    private readonly List<ServiceRecord> dirty = [];
    private readonly List<DateTimeOffset> triggers = [];
    private readonly List<DateTimeOffset> published = [];
    private Node? node;
    private ValueArray<IPAddress>? nodePortAddresses;
    private NodeState? nodeState;
    private ProxyModel model;

    public ChangeTracker(TrackerOptions options)
    {
        this.options = options;
        services = new ServiceReader(options.Family, options.Balancing);
        slices = new SliceReader(options.Family, options.NodeName);
        model = ProxyModel.Empty(options.Family);
        nodeState = ReadNode();
    }

    /// <summary>Called, from the thread of the feed, when there may be something to take.</summary>
    public event Action? Changed;

    public IpFamily Family => options.Family;

    /// <summary>A Service came, changed, or went.</summary>
    public void Apply(CacheChange<Service> change)
    {
        var ports = services.Read(change.Current);
        lock (gate)
        {
            var known = records.GetValueOrDefault(change.Key);
            if ((known?.Ports ?? []).Equals(ports)) return;
            known ??= RecordOf(change.Key);
            known.Ports = ports;
            Mark(known);
            Note(change.Time);
        }
        Changed?.Invoke();
    }

    /// <summary>A slice came, changed, went, or moved to another Service.</summary>
    public void Apply(CacheChange<EndpointSlice> change)
    {
        var owner = change.Current is { } current ? slices.ServiceOf(current) : null;
        var content = owner is null ? null : slices.Read(change.Current!);
        var changed = false;
        lock (gate)
        {
            if (recordOfSlice.TryGetValue(change.Key, out var before) && before.Key != owner)
            {
                changed = Set(before, change.Key.Name, null);
                recordOfSlice.Remove(change.Key);
            }
            if (owner is { } service)
            {
                var record = RecordOf(service);
                recordOfSlice[change.Key] = record;
                changed |= Set(record, change.Key.Name, content);
            }
            if (changed) Note(change.Time);
            if (changed && SliceReader.TriggerOf(change.Current) is { } trigger) triggers.Add(trigger);
        }
        if (changed) Changed?.Invoke();
    }

    /// <summary>A Node came, changed, or went; only this node's own matters.</summary>
    public void Apply(CacheChange<Node> change)
    {
        if (change.Key.Name != options.NodeName) return;
        lock (gate)
        {
            node = change.Current;
            nodeState = ReadNode();
        }
        Changed?.Invoke();
    }

    /// <summary>Sets on which addresses node ports answer; null for all local ones.</summary>
    public void SetNodePortAddresses(ValueArray<IPAddress>? addresses)
    {
        lock (gate)
        {
            if (Nullable.Equals(nodePortAddresses, addresses)) return;
            nodePortAddresses = addresses;
            nodeState = ReadNode();
        }
        Changed?.Invoke();
    }

    /// <summary>All changes since the last call, as one step; an empty one when they cancelled out.</summary>
    public ProxyChange Take()
    {
        lock (gate)
        {
            var previous = model;
            var touched = new List<ServicePortName>(dirty.Count);
            if (dirty.Count > 0)
            {
                var next = previous.Services.ToBuilder();
                foreach (var record in dirty) Renew(record, next, touched);
                if (dirty.Count >= LargeStep) TrimExcess();
                dirty.Clear();
                if (touched.Count > 0) model = previous with { Services = next.ToImmutable() };
            }
            if (nodeState != previous.Node) model = model with { Node = nodeState! };
            var change = new ProxyChange(previous, model, touched) { Triggers = [.. triggers], Published = [.. published] };
            triggers.Clear();
            published.Clear();
            return change;
        }
    }

    private void TrimExcess()
    {
        records.TrimExcess();
        recordOfSlice.TrimExcess();
        dirty.Clear();
        dirty.TrimExcess();
    }

    // Caller holds the lock. What a list brought has no time of its own.
    private void Note(DateTimeOffset time)
    {
        if (time != default) published.Add(time);
    }

    private void Renew(ServiceRecord record, ImmutableSortedDictionary<ServicePortName, ServiceState>.Builder next, List<ServicePortName> touched)
    {
        var states = new ServiceState[record.Ports.Count];
        for (var i = 0; i < states.Length; i++)
        {
            var state = record.StateOf(record.Ports[i]);
            var known = Find(record.Programmed, state.Port.Name);
            states[i] = known == state ? known : state;
            if (known == state) continue;
            next[state.Port.Name] = state;
            touched.Add(state.Port.Name);
        }
        foreach (var before in record.Programmed)
        {
            if (Find(states, before.Port.Name) is not null) continue;
            next.Remove(before.Port.Name);
            touched.Add(before.Port.Name);
        }
        record.Programmed = states;
        record.IsDirty = false;
        if (record.IsEmpty) records.Remove(record.Key);
    }

    private static ServiceState? Find(ServiceState[] states, ServicePortName name) => Array.Find(states, state => state.Port.Name == name);

    private bool Set(ServiceRecord record, string slice, SliceContent? content)
    {
        if (!record.SetSlice(slice, content)) return false;
        Mark(record);
        return true;
    }

    private void Mark(ServiceRecord record)
    {
        if (record.IsDirty) return;
        record.IsDirty = true;
        dirty.Add(record);
    }

    private NodeState ReadNode()
    {
        var state = NodeReader.Read(node, options.Family, nodePortAddresses);
        // A Node that is deleted, and perhaps registers anew, takes no address from the machine.
        state = state with { Address = state.Address ?? nodeState?.Address };
        if (!options.OnlyPrimaryNodePorts) return state;
        if (state.Address is not { } primary) return state with { NodePortAddresses = [] };
        return state with { NodePortAddresses = IPAddress.IsLoopback(primary) ? null : [primary] };
    }

    private ServiceRecord RecordOf(ObjectKey key)
    {
        if (!records.TryGetValue(key, out var record)) records[key] = record = new ServiceRecord(key);
        return record;
    }
}

/// <summary>Whose view a tracker takes.</summary>
internal sealed record TrackerOptions(IpFamily Family, string NodeName, Balancing Balancing)
{
    /// <summary>
    /// Whether node ports answer on the node's primary address only, whatever else is set. A node without a network has no such address
    /// but loopback, where they never answer: on it they answer on whatever others it has, such as that of its pods' bridge.
    /// </summary>
    public bool OnlyPrimaryNodePorts { get; init; }
}
