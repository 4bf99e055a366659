using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>
/// Says what one Service port wants: a virtual server per way in, whose real servers are the endpoints that its policy allows, and
/// what the rules must know of it. Pure. A virtual server does not see who sends, so where pods and the node are to reach other
/// endpoints than strangers, they are led to another virtual server of the same port: that of the cluster IP, or an alias.
/// </summary>
internal sealed class PortPlanner(IpvsSettings settings)
{
    /// <summary>
    /// Makes an alias's port from the port. No two ports of a Service share one; that a Service has both ports of a pair, with both
    /// policies Local, is not provided for: its own port then keeps the virtual server.
    /// </summary>
    private const int AliasBit = 0x8000;

    private readonly List<VirtualServer> servers = [];
    private readonly List<IPAddress> addresses = [];
    private readonly List<SetEntry> entries = [];
    private readonly List<Redirection> redirections = [];
    private ServicePort port = null!;
    private EndpointChoice choice = null!;
    private ValueArray<ServiceEndpoint> all;
    private ServerSettings server;

    /// <summary>Plans a port.</summary>
    /// <param name="state">The port and its endpoints.</param>
    /// <param name="node">The node's zone and address.</param>
    /// <param name="nodePortAddresses">Where node ports answer.</param>
    public PortPlan Plan(ServiceState state, NodeState node, IReadOnlyCollection<IPAddress> nodePortAddresses)
    {
        servers.Clear();
        addresses.Clear();
        entries.Clear();
        redirections.Clear();
        (port, choice, all) = (state.Port, EndpointChoice.Of(state, node), state.Endpoints);
        server = new ServerSettings(port.Balancing == Balancing.RoundRobin ? IpvsSchedulers.RoundRobin : settings.Scheduler, port.AffinitySeconds);
        PlanClusterIP();
        foreach (var address in port.ExternalIPs) PlanExternal(address, port.Port, isBound: true);
        foreach (var address in port.LoadBalancerIPs) PlanExternal(address, port.Port, isBound: true);
        if (port.NodePort != 0)
        {
            foreach (var address in nodePortAddresses) PlanExternal(address, port.NodePort, isBound: false);
        }
        PlanAlias();
        PlanSourceRanges(node);
        foreach (var endpoint in choice.Reachable) entries.Add(SetEntry.LoopBack(Protocol, Real(endpoint)));
        if (port.HealthCheckNodePort != 0) entries.Add(SetEntry.HealthCheckPort(port.HealthCheckNodePort));
        return new PortPlan { Servers = [.. servers], Addresses = [.. addresses], Entries = [.. entries], Redirections = [.. redirections] };
    }

    private TransportProtocol Protocol => port.Name.Protocol;

    private ServerAddress ClusterIP => new(Protocol, port.ClusterIP, port.Port);

    private ServerAddress Alias => new(Protocol, port.ClusterIP, port.Port == AliasBit ? AliasBit | 1 : port.Port ^ AliasBit);

    private ValueArray<ServiceEndpoint> Internal => port.InternalLocal ? choice.Local : choice.Cluster;

    private ValueArray<ServiceEndpoint> External => port.ExternalLocal ? choice.Local : choice.Cluster;

    private void PlanClusterIP()
    {
        addresses.Add(port.ClusterIP);
        entries.Add(SetEntry.Of(IpSet.ClusterIP, ClusterIP));
        AddServer(ClusterIP, Internal);
    }

    private void PlanExternal(IPAddress address, int number, bool isBound)
    {
        var way = new ServerAddress(Protocol, address, number);
        if (isBound) addresses.Add(address);
        AddServer(way, External);
        if (port.ExternalLocal)
        {
            redirections.Add(new Redirection(false, way, port.InternalLocal ? Alias : ClusterIP));
            // A refusal after a redirection would name an address that the client never heard of: without endpoints, none.
            if (choice.HasAny) entries.Add(SetEntry.Of(IpSet.ExternalIPLocal, way));
        }
        else
        {
            entries.Add(SetEntry.Of(IpSet.ExternalIP, way));
        }
        if (port.AffinitySeconds == 0) return;
        redirections.Add(new Redirection(true, way, port.ExternalLocal == port.InternalLocal ? ClusterIP : Alias));
        if (External.Count > 0) entries.Add(SetEntry.Of(IpSet.Affinity, way));
    }

    /// <summary>Refuses when nobody could answer; where only policy Local stands in the way, there is no server and the rules drop.</summary>
    private void AddServer(ServerAddress address, ValueArray<ServiceEndpoint> endpoints)
    {
        if (choice.HasAny && endpoints.Count == 0) entries.Add(SetEntry.Of(IpSet.NoLocalEndpoints, address));
        else servers.Add(ServerOf(address, endpoints));
    }

    private VirtualServer ServerOf(ServerAddress address, ValueArray<ServiceEndpoint> endpoints) => new(address, server, Reals(endpoints))
    {
        Lingering = Protocol == TransportProtocol.Udp
            ? [.. all.Where(endpoint => (endpoint.IsServing || endpoint.IsReady) && !endpoints.Contains(endpoint)).Select(Real)]
            : [],
    };

    /// <summary>The endpoints that the cluster IP's virtual server lacks, where some client has to be led to them.</summary>
    private void PlanAlias()
    {
        if (!port.IsExternallyAccessible) return;
        var isWanted = port.ExternalLocal == port.InternalLocal ? port.ExternalLocal : port.AffinitySeconds > 0;
        var endpoints = port.InternalLocal ? choice.Cluster : choice.Local;
        if (isWanted && endpoints.Count > 0) servers.Add(ServerOf(Alias, endpoints) with { IsAlias = true });
    }

    private void PlanSourceRanges(NodeState node)
    {
        if (!choice.HasAny || port.SourceRanges.Count == 0) return;
        foreach (var address in port.LoadBalancerIPs)
        {
            var way = new ServerAddress(Protocol, address, port.Port);
            entries.Add(SetEntry.Of(IpSet.Firewall, way));
            var allowsNode = false;
            foreach (var range in port.SourceRanges)
            {
                AddRange(way, range);
                allowsNode |= node.Address is { } own && range.Contains(own);
            }
            // The node's own packets to an address that it has itself carry that very address as their source.
            if (allowsNode) AddRange(way, new IPNetwork(address, settings.Family.AddressBits));
        }
    }

    /// <summary>The kernel's sets take no block of everything, but both halves of it.</summary>
    private void AddRange(ServerAddress way, IPNetwork range)
    {
        if (range.PrefixLength > 0)
        {
            entries.Add(SetEntry.SourceRange(way, range));
            return;
        }
        var upper = new byte[settings.Family.AddressBits / 8];
        entries.Add(SetEntry.SourceRange(way, new IPNetwork(new IPAddress(upper), 1)));
        upper[0] = 0x80;
        entries.Add(SetEntry.SourceRange(way, new IPNetwork(new IPAddress(upper), 1)));
    }

    private static RealServer Real(ServiceEndpoint endpoint) => new(endpoint.Address, endpoint.Port);

    private static ValueArray<RealServer> Reals(ValueArray<ServiceEndpoint> endpoints)
    {
        var reals = new RealServer[endpoints.Count];
        for (var i = 0; i < reals.Length; i++) reals[i] = Real(endpoints[i]);
        return new(reals);
    }
}
