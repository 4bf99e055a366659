using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>
/// Says which operations bring the kernel to a model: from what was found there, or from the model before by what differs. It
/// keeps what it knows of the kernel up by what it plans, and does no I/O: who uses it must carry out what it says, all of it, or
/// begin anew with <see cref="Full"/>.
/// </summary>
internal sealed class IpvsPlanner(IpvsSettings settings)
{
    private readonly PortPlanner ports = new(settings);
    private readonly HashSet<ServerAddress> draining = [];
    private readonly HashSet<RealServer> wantedReals = [];
    private readonly HashSet<ServerAddress> redirected = [];
    private readonly HashSet<IPAddress> ledTo = [];
    private Claims claims = new();
    private IpvsOperations operations = new();

    /// <summary>What the kernel holds when everything planned so far is done.</summary>
    public KernelState Kernel { get; private set; } = new();

    /// <summary>Virtual servers that keep real servers only for connections that are still open.</summary>
    public IReadOnlyCollection<ServerAddress> Draining => draining;

    /// <summary>The ways in that are redirected, in order.</summary>
    public IReadOnlyList<Redirection> Redirections => [.. claims.Redirections.Order()];

    /// <summary>Everything, over what was found. Virtual servers of others are left alone.</summary>
    public IpvsOperations Full(ProxyModel model, KernelState found)
    {
        (claims, operations, Kernel) = (new Claims(), new IpvsOperations(), found);
        draining.Clear();
        ForgetOthers(found);
        var touched = new TouchedKeys { Redirections = true };
        foreach (var (name, state) in model.Services) claims.Replace(name, PortPlan.Nothing, Plan(model, state), touched);
        touched.Servers.UnionWith(found.Servers.Keys);
        touched.Addresses.UnionWith(found.Bound);
        foreach (var entry in found.Entries)
        {
            if (entry.Set == IpSet.BoundIP) touched.Addresses.Add(entry.Address!);
            else if (entry.Set != IpSet.NodeServer) touched.Entries.Add(entry);
        }
        Compare(touched);
        foreach (var entry in found.Entries.Where(entry => entry.Set == IpSet.NodeServer && !found.Servers.ContainsKey(entry.Server)).ToList()) DeleteEntry(entry);
        return operations;
    }

    /// <summary>What differs between two models, on top of the one before.</summary>
    public IpvsOperations Partial(ProxyChange change)
    {
        operations = new IpvsOperations();
        var touched = new TouchedKeys();
        // Zone and addresses of the node can matter to every Service.
        var names = change.NodeChanged ? change.Previous.Services.Keys.Union(change.Current.Services.Keys) : change.Touched.Distinct();
        foreach (var name in names) claims.Replace(name, Plan(change.Previous, name), Plan(change.Current, name), touched);
        Compare(touched);
        return operations;
    }

    /// <summary>What can go now that the connections of a draining virtual server are counted.</summary>
    /// <param name="address">One of <see cref="Draining"/>.</param>
    /// <param name="isIdle">Whether a real server has no connection left, and none that is only just over.</param>
    public IpvsOperations Drained(ServerAddress address, Predicate<RealServer> isIdle)
    {
        operations = new IpvsOperations();
        var server = Kernel.Servers[address];
        var wanted = claims.Find(address);
        foreach (var (real, weight) in server.Weights.ToList())
        {
            if (weight == 0 && isIdle(real) && !(wanted?.RealServers.Contains(real) ?? false)) Remove(new IpvsOperation.DeleteReal(address, real));
        }
        RemoveWhereEmpty(address, server, wanted);
        CompareAddress(address.Address);
        return operations;
    }

    private PortPlan Plan(ProxyModel model, ServicePortName name) =>
        model.Services.TryGetValue(name, out var state) ? Plan(model, state) : PortPlan.Nothing;

    private PortPlan Plan(ProxyModel model, ServiceState state) =>
        ports.Plan(state, model.Node, model.Node.NodePortAddresses is { } chosen ? [.. chosen] : Kernel.NodeAddresses);

    /// <summary>Ours are those whose address is on the device, and those that the set of the earlier run names.</summary>
    private static void ForgetOthers(KernelState found)
    {
        var others = found.Servers.Keys.Where(server => !found.Bound.Contains(server.Address) && !found.Entries.Contains(SetEntry.Of(IpSet.NodeServer, server)));
        foreach (var server in others.ToList()) found.RemoveServer(server);
    }

    private void Compare(TouchedKeys touched)
    {
        operations.RedirectionsChanged = touched.Redirections;
        redirected.Clear();
        ledTo.Clear();
        foreach (var redirection in touched.Redirections ? claims.Redirections : [])
        {
            redirected.UnionWith([redirection.From, redirection.To]);
            ledTo.Add(redirection.To.Address);
        }
        foreach (var address in touched.Servers) CompareServer(address);
        foreach (var entry in touched.Entries)
        {
            if (claims.Wants(entry)) AddEntry(entry);
            else DeleteEntry(entry);
        }
        foreach (var address in touched.Addresses) CompareAddress(address);
    }

    private void CompareServer(ServerAddress address)
    {
        var wanted = claims.Find(address);
        if (wanted is not null) AddServer(wanted);
        if (!Kernel.Servers.TryGetValue(address, out var server)) return;
        wantedReals.Clear();
        if (wanted is not null) wantedReals.UnionWith(wanted.RealServers);
        draining.Remove(address);
        foreach (var (real, weight) in server.Weights.ToList())
        {
            if (!wantedReals.Contains(real)) Drain(address, real, weight, wanted);
        }
        RemoveWhereEmpty(address, server, wanted);
    }

    private void AddServer(VirtualServer wanted)
    {
        var address = wanted.Address;
        if (!claims.Wants(address.Address) || Kernel.NodeAddresses.Contains(address.Address)) AddEntry(SetEntry.Of(IpSet.NodeServer, address));
        var phase = operations.ServerAdds;
        if (!Kernel.Servers.TryGetValue(address, out var server))
        {
            if (!IsAwaited(address)) phase = operations.NewServers;
            Do(phase, new IpvsOperation.AddServer(address, wanted.Settings));
        }
        else if (server.Settings != wanted.Settings)
        {
            Do(phase, new IpvsOperation.EditServer(address, wanted.Settings));
        }
        var weights = Kernel.Servers[address].Weights;
        foreach (var real in wanted.RealServers)
        {
            if (!weights.TryGetValue(real, out var weight)) Do(phase, new IpvsOperation.AddReal(address, real));
            else if (weight != 1) Do(phase, new IpvsOperation.EditReal(address, real, 1));
        }
    }

    /// <summary>Whether a virtual server that is not there yet must be before anything is taken away: packets are led to it, or were dropped in its stead.</summary>
    private bool IsAwaited(ServerAddress address) =>
        redirected.Contains(address) || Kernel.Entries.Contains(SetEntry.Of(IpSet.NoLocalEndpoints, address));

    /// <summary>Open connections are left to end by themselves; UDP has none, and its clients would never look for another server.</summary>
    private void Drain(ServerAddress address, RealServer real, int weight, VirtualServer? wanted)
    {
        if (address.Protocol == TransportProtocol.Udp && !(wanted?.Lingering.Contains(real) ?? false))
        {
            Remove(new IpvsOperation.DeleteReal(address, real));
            return;
        }
        if (weight != 0) Remove(new IpvsOperation.EditReal(address, real, 0));
        draining.Add(address);
    }

    private void RemoveWhereEmpty(ServerAddress address, ServerState server, VirtualServer? wanted)
    {
        if (server.Weights.Count <= (wanted?.RealServers.Count ?? 0)) draining.Remove(address);
        if (wanted is not null || server.Weights.Count > 0) return;
        Remove(new IpvsOperation.DeleteServer(address));
        DeleteEntry(SetEntry.Of(IpSet.NodeServer, address));
    }

    /// <summary>An address stays as long as anything is served there, also for open connections only; one that the node has anyway is never ours.</summary>
    private void CompareAddress(IPAddress address)
    {
        var wanted = !Kernel.NodeAddresses.Contains(address)
            && (claims.Wants(address) || (Kernel.Bound.Contains(address) && Kernel.HasServerAt(address)));
        if (wanted)
        {
            AddEntry(SetEntry.BoundIP(address));
            if (Kernel.Bound.Contains(address)) return;
            Do(ledTo.Contains(address) ? operations.EarlyBinds : operations.Binds, new IpvsOperation.Bind(address));
            return;
        }
        if (Kernel.Bound.Contains(address)) Do(operations.Unbinds, new IpvsOperation.Unbind(address));
        DeleteEntry(SetEntry.BoundIP(address));
    }

    private void AddEntry(SetEntry entry)
    {
        if (!Kernel.Entries.Contains(entry)) Do(operations.EntryAdds, new IpvsOperation.AddEntry(settings.Family, entry));
    }

    private void DeleteEntry(SetEntry entry)
    {
        if (Kernel.Entries.Contains(entry)) Do(operations.EntryRemovals, new IpvsOperation.DeleteEntry(settings.Family, entry));
    }

    private void Remove(IpvsOperation operation) => Do(operations.ServerRemovals, operation);

    private void Do(List<IpvsOperation> phase, IpvsOperation operation)
    {
        phase.Add(operation);
        Kernel.Apply(operation);
    }
}
