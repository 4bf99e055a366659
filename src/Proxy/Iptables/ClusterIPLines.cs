using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Iptables;

/// <summary>Sees to it that <see cref="SharedChain.FilterClusterIPs"/> has one line per address, however many ports share it. For one script.</summary>
internal sealed class ClusterIPLines
{
    private readonly HashSet<IPAddress> written = [];

    /// <summary>Whether a port's lines in a chain are to be written: always, but for an address that has its line already.</summary>
    public bool IsDue(SharedChain chain, ServiceState state) => chain != SharedChain.FilterClusterIPs || written.Add(state.Port.ClusterIP);

    /// <summary>How many lines a model has in the chain.</summary>
    public static int Count(ProxyModel model)
    {
        var addresses = new HashSet<IPAddress>();
        foreach (var state in model.Services.Values) addresses.Add(state.Port.ClusterIP);
        return addresses.Count;
    }
}
