using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>Who asks in vain is told so at once.</summary>
public abstract class RefusalCases(ServiceLab lab) : FlowCases(lab)
{
    [Fact]
    public async Task Without_endpoints_every_address_refuses_everybody()
    {
        await GiveAsync(Site.Open());

        foreach (var from in Everybody) await ExpectAsync(Dial.Refused, from, Site.Cluster);
        foreach (var from in Everybody) await ExpectAsync(Dial.Refused, from, NodePort);
        // What the node itself sends to a load balancer's address is refused by one mode of kube-proxy, and sent out by the other.
        foreach (var from in (NetworkNamespace[])[Pod, FarPod, Outside])
        {
            await ExpectAsync(Dial.Refused, from, Site.Ingress);
            await ExpectAsync(Dial.Refused, from, Site.External);
        }
    }

    [Fact]
    public async Task Without_endpoints_udp_is_refused_too()
    {
        await GiveAsync(Site.Open(spec => spec with { Ports = [Given.Port("dns", 80, Site.NodePort, "UDP")] }));

        foreach (var address in (string[])[Site.Cluster, NodePort, Site.Ingress, Site.External]) await ExpectUdpAsync(Dial.Refused, Outside, address);
        await ExpectUdpAsync(Dial.Refused, Pod, Site.Cluster);
        await ExpectUdpAsync(Dial.Refused, Node, Site.Cluster);
    }

    [Fact]
    public async Task An_unused_port_of_a_cluster_ip_refuses_everybody()
    {
        await GiveAsync(Site.Service(), One);

        foreach (var from in Everybody) await ExpectAsync(Dial.Refused, from, $"{Site.ClusterIP}:81");
        await ExpectUdpAsync(Dial.Refused, Pod, Site.Cluster);
        await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
    }

    [Fact]
    public async Task One_services_port_is_not_anothers()
    {
        var other = NextSite();
        Put(Site.Service(), One);
        await GiveAsync(other.Service(spec => spec with { Ports = [Given.Port("http", 90)] }), Two);

        await ExpectAsync(Dial.Refused, Pod, $"{Site.ClusterIP}:90");
        await ExpectAsync(Dial.Refused, Pod, other.Cluster);
        await ExpectAsync($"two {Net.Client.Address}", Pod, $"{other.ClusterIP}:90");
    }

    [Fact]
    public async Task A_node_port_without_endpoints_refuses_only_where_it_would_answer()
    {
        await GiveAsync(Site.NodePortService());

        await ExpectAsync(Dial.Refused, Outside, NodePort);
        // What passes the node on its way to somebody else is none of its business.
        await ExpectAsync($"far {Net.Client.Address}", Pod, $"{Net.Far.Address}:{ProxyNetwork.ServerPort}");
    }

    private NetworkNamespace[] Everybody => [Pod, FarPod, Node, Outside];
}
