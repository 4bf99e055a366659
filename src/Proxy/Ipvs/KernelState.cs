using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>
/// What the kernel holds of one address family: read once, then kept up by the operations that are sent, so that a change need not
/// ask.
/// </summary>
internal sealed class KernelState
{
    private readonly Dictionary<IPAddress, int> serversAt = [];
    private readonly Dictionary<ServerAddress, ServerState> servers = [];

    public IReadOnlyDictionary<ServerAddress, ServerState> Servers => servers;

    /// <summary>The addresses on the device.</summary>
    public HashSet<IPAddress> Bound { get; } = [];

    /// <summary>The node's other addresses, without loopback and link-local ones.</summary>
    public HashSet<IPAddress> NodeAddresses { get; } = [];

    public HashSet<SetEntry> Entries { get; } = [];

    public bool HasServerAt(IPAddress address) => serversAt.ContainsKey(address);

    /// <summary>Adds a virtual server, without real ones so far.</summary>
    public ServerState AddServer(ServerAddress address, ServerSettings settings)
    {
        var state = servers[address] = new ServerState(settings);
        serversAt[address.Address] = serversAt.GetValueOrDefault(address.Address) + 1;
        return state;
    }

    /// <summary>Forgets a virtual server.</summary>
    public void RemoveServer(ServerAddress address)
    {
        if (servers.Remove(address) && --serversAt[address.Address] == 0) serversAt.Remove(address.Address);
    }

    /// <summary>Takes note of an operation.</summary>
    public void Apply(IpvsOperation operation)
    {
        switch (operation)
        {
            case IpvsOperation.AddServer add: AddServer(add.Server, add.Settings); break;
            case IpvsOperation.EditServer edit: servers[edit.Server].Settings = edit.Settings; break;
            case IpvsOperation.DeleteServer delete: RemoveServer(delete.Server); break;
            case IpvsOperation.AddReal add: servers[add.Server].Weights[add.Real] = 1; break;
            case IpvsOperation.EditReal edit: servers[edit.Server].Weights[edit.Real] = edit.Weight; break;
            case IpvsOperation.DeleteReal delete: servers[delete.Server].Weights.Remove(delete.Real); break;
            case IpvsOperation.Bind bind: Bound.Add(bind.Address); break;
            case IpvsOperation.Unbind unbind: Bound.Remove(unbind.Address); break;
            case IpvsOperation.AddEntry add: Entries.Add(add.Entry); break;
            case IpvsOperation.DeleteEntry delete: Entries.Remove(delete.Entry); break;
        }
    }

    /// <summary>What in <paramref name="found"/> differs from this state, in words; null when nothing does.</summary>
    public string? FirstDifference(KernelState found, IpFamily family)
    {
        foreach (var (address, server) in servers)
        {
            if (!found.servers.TryGetValue(address, out var other)) return $"the virtual server {address} is missing";
            if (server.Settings != other.Settings) return $"the virtual server {address} has {other.Settings} in place of {server.Settings}";
            if (server.FirstDifference(other) is { } difference) return $"the virtual server {address} {difference}";
        }
        if (found.Bound.Except(Bound).FirstOrDefault() is { } strange) return $"{IpvsDevice.Name} has the address {strange}, which no Service has";
        if (Bound.Except(found.Bound).FirstOrDefault() is { } missing) return $"{IpvsDevice.Name} lacks the address {missing}";
        if (!NodeAddresses.SetEquals(found.NodeAddresses)) return "the node's addresses changed";
        foreach (var entry in Entries)
        {
            if (!found.Entries.Contains(entry)) return $"the set {IpSets.NameOf(entry.Set, family)} lacks {entry}";
        }
        return found.Entries.Count == Entries.Count ? null : "a set holds what no Service needs";
    }
}

/// <summary>One virtual server in the kernel.</summary>
internal sealed class ServerState(ServerSettings settings)
{
    public ServerSettings Settings { get; set; } = settings;

    /// <summary>Its real servers; those of weight 0 take no new connections.</summary>
    public Dictionary<RealServer, int> Weights { get; } = [];

    /// <summary>What differs, as the end of a sentence; null when nothing does.</summary>
    public string? FirstDifference(ServerState found)
    {
        foreach (var (real, weight) in Weights)
        {
            if (!found.Weights.TryGetValue(real, out var other)) return $"lacks the real server {real}";
            if (weight != other) return $"gives {real} the weight {other} in place of {weight}";
        }
        return found.Weights.Count == Weights.Count ? null : "has a real server that no Service has";
    }
}
