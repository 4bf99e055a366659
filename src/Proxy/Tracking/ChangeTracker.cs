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
    private readonly Lock gate = new();
    private readonly TrackerOptions options;
    private readonly ServiceReader services;
    private readonly SliceReader slices;
    private readonly Dictionary<ObjectKey, ServiceRecord> records = [];
    private readonly Dictionary<ObjectKey, ObjectKey> serviceOfSlice = [];
    private readonly HashSet<ObjectKey> dirty = [];
    private readonly List<DateTimeOffset> triggers = [];
    private Node? node;
    private ValueArray<IPAddress>? nodePortAddresses;
    private ProxyModel model;

    public ChangeTracker(TrackerOptions options)
    {
        this.options = options;
        services = new ServiceReader(options.Family, options.Balancing);
        slices = new SliceReader(options.Family, options.NodeName);
        model = ProxyModel.Empty(options.Family);
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
            RecordOf(change.Key).Ports = ports;
            dirty.Add(change.Key);
        }
        Changed?.Invoke();
    }

    /// <summary>A slice came, changed, went, or moved to another Service.</summary>
    public void Apply(CacheChange<EndpointSlice> change)
    {
        var owner = change.Current is { } current ? slices.ServiceOf(current) : null;
        var content = owner is null ? null : slices.Read(change.Current!);
        bool changed;
        lock (gate)
        {
            changed = false;
            if (serviceOfSlice.TryGetValue(change.Key, out var before) && before != owner)
            {
                changed = Set(before, change.Key.Name, null);
                serviceOfSlice.Remove(change.Key);
            }
            if (owner is { } service)
            {
                serviceOfSlice[change.Key] = service;
                changed |= Set(service, change.Key.Name, content);
            }
            if (changed && SliceReader.TriggerOf(change.Current) is { } trigger) triggers.Add(trigger);
        }
        if (changed) Changed?.Invoke();
    }

    /// <summary>A Node came, changed, or went; only this node's own matters.</summary>
    public void Apply(CacheChange<Node> change)
    {
        if (change.Key.Name != options.NodeName) return;
        lock (gate) node = change.Current;
        Changed?.Invoke();
    }

    /// <summary>Sets on which addresses node ports answer; null for all local ones.</summary>
    public void SetNodePortAddresses(ValueArray<IPAddress>? addresses)
    {
        lock (gate)
        {
            if (Nullable.Equals(nodePortAddresses, addresses)) return;
            nodePortAddresses = addresses;
        }
        Changed?.Invoke();
    }

    /// <summary>All changes since the last call, as one step; an empty one when they cancelled out.</summary>
    public ProxyChange Take()
    {
        lock (gate)
        {
            var previous = model;
            var touched = new List<ServicePortName>();
            var next = previous.Services.ToBuilder();
            foreach (var key in dirty) Renew(key, next, touched);
            dirty.Clear();
            var state = NodeReader.Read(node, options.Family, nodePortAddresses);
            if (options.OnlyPrimaryNodePorts) state = state with { NodePortAddresses = state.Address is { } primary ? [primary] : [] };
            if (state == previous.Node) state = previous.Node;
            model = touched.Count == 0 && ReferenceEquals(state, previous.Node) ? previous : new ProxyModel(options.Family, state, next.ToImmutable());
            var change = new ProxyChange(previous, model, touched) { Triggers = [.. triggers] };
            triggers.Clear();
            return change;
        }
    }

    private void Renew(
        ObjectKey key,
        ImmutableSortedDictionary<ServicePortName, ServiceState>.Builder next,
        List<ServicePortName> touched)
    {
        var record = RecordOf(key);
        var before = record.Programmed;
        foreach (var port in record.Ports)
        {
            var state = record.StateOf(port);
            if (next.TryGetValue(port.Name, out var known) && known == state) continue;
            next[port.Name] = state;
            touched.Add(port.Name);
        }
        foreach (var name in before)
        {
            if (record.Ports.Any(port => port.Name == name)) continue;
            next.Remove(name);
            touched.Add(name);
        }
        record.Programmed = [.. record.Ports.Select(port => port.Name)];
        if (record.IsEmpty) records.Remove(key);
    }

    private bool Set(ObjectKey service, string slice, SliceContent? content)
    {
        if (content is null && !records.ContainsKey(service)) return false;
        if (!RecordOf(service).SetSlice(slice, content)) return false;
        dirty.Add(service);
        return true;
    }

    private ServiceRecord RecordOf(ObjectKey key)
    {
        if (!records.TryGetValue(key, out var record)) records[key] = record = new ServiceRecord();
        return record;
    }
}

/// <summary>Whose view a tracker takes.</summary>
internal sealed record TrackerOptions(IpFamily Family, string NodeName, Balancing Balancing)
{
    /// <summary>Whether node ports answer on the node's primary address only, whatever else is set.</summary>
    public bool OnlyPrimaryNodePorts { get; init; }
}
