using System.Globalization;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>Which addresses lead to a Service, and which do not.</summary>
public abstract class WaysInCases(ServiceLab lab) : FlowCases(lab)
{
    [Fact]
    public async Task Every_address_of_a_service_answers_everybody()
    {
        await GiveAsync(Site.Open(), One);

        foreach (var address in (string[])[Site.Cluster, NodePort, Site.Ingress, Site.External])
        {
            foreach (var from in (TestKit.Network.NetworkNamespace[])[Pod, FarPod, Node, Outside, Net.One.Namespace])
            {
                Assert.StartsWith("one ", await Dial.TcpAsync(from, address), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Node_ports_answer_on_the_nodes_addresses_and_never_on_loopback()
    {
        await GiveAsync(Site.NodePortService(), One);
        var onSecond = Mode.OnlyPrimaryNodePorts ? Dial.Refused : OneMasked;

        await ExpectAsync(OneMasked, Outside, NodePort);
        await ExpectAsync(onSecond, Outside, Site.At(ProxyNetwork.SecondAddress));
        await ExpectAsync(onSecond, Pod, Site.At(Net.Gateway));
        await ExpectAsync(Dial.Refused, Node, Site.At("127.0.0.1"));
        // Another node's port is not this node's to serve.
        await ExpectAsync(Dial.Refused, Pod, Site.At($"{Net.OtherNode.Address}"));
        Assert.Equal("0 0", await RouteLocalnetAsync());
    }

    [Fact]
    public async Task A_ClusterIP_service_has_no_other_way_in()
    {
        await GiveAsync(Site.Service(), One);

        await ExpectAsync(OneMasked, Node, Site.Cluster);
        await ExpectAsync(Dial.Refused, Outside, NodePort);
    }

    [Fact]
    public async Task Both_of_two_ingress_addresses_answer()
    {
        var second = NextSite();
        await GiveAsync(WithIngress(Site.Open(), Site.IngressIP, second.IngressIP), One);

        await ExpectAsync(OneMasked, Outside, Site.Ingress);
        await ExpectAsync(OneMasked, Outside, second.Ingress);
    }

    [Fact]
    public async Task An_ingress_address_with_ipMode_Proxy_is_left_to_the_load_balancer()
    {
        await GiveAsync(Site.Open(ipMode: "Proxy"), One);

        await ExpectAsync(OneMasked, Outside, NodePort);
        await ExpectAsync(Dial.Silence, Outside, Site.Ingress);
        await ExpectAsync(Dial.Silence, Pod, Site.Ingress);
    }

    [Fact]
    public async Task An_ingress_address_with_ipMode_VIP_is_served_here()
    {
        await GiveAsync(Site.Open(ipMode: "VIP"), One);

        await ExpectAsync(OneMasked, Outside, Site.Ingress);
    }

    [Fact]
    public async Task A_load_balancer_without_node_ports_answers_on_its_address_alone()
    {
        await GiveAsync(Site.Open(spec => spec with { AllocateLoadBalancerNodePorts = false, Ports = [Given.Port("http", 80)] }), One);

        await ExpectAsync(OneMasked, Outside, Site.Ingress);
        await ExpectAsync(Dial.Refused, Outside, NodePort);
    }

    [Fact]
    public async Task Headless_and_ExternalName_services_leave_no_rule()
    {
        await SettleAsync();
        var before = await CountRulesAsync();

        Put(Site.Service(spec => spec with { ClusterIP = "None", ClusterIPs = ["None"] }), One);
        Put(NextSite().Service(spec => spec with { Type = "ExternalName", ExternalName = "example.org", ClusterIP = null, ClusterIPs = [] }));
        await SettleAsync();

        Assert.Equal(before, await CountRulesAsync());
        Put(NextSite().Service(), One);
        await SettleAsync();
        Assert.NotEqual(before, await CountRulesAsync());
    }

    [Fact]
    public async Task Endpoints_come_and_go_and_a_deleted_service_leaves_no_rule()
    {
        await SettleAsync();
        var before = await CountRulesAsync();
        await GiveAsync(Site.Open(), One);
        await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
        await GiveAsync(Site.Open(), Two);
        await ExpectAsync($"two {Net.Client.Address}", Pod, Site.Cluster);
        await GiveAsync(Site.Open());
        await ExpectAsync(Dial.Refused, Pod, Site.Cluster);
        await GiveAsync(Site.Open(), Far);
        await ExpectAsync($"far {Net.Client.Address}", Pod, Site.Cluster);

        Net.Api.Delete<Service>(Site.Name);
        Net.Api.Delete<EndpointSlice>($"{Site.Name}-1");
        await SettleAsync();

        Assert.Equal(before, await CountRulesAsync());
        await ExpectAsync(Dial.Refused, Outside, NodePort);
    }

    [Fact]
    public async Task A_service_that_becomes_another_type_loses_its_old_ways_in()
    {
        await GiveAsync(Site.Open(), One);
        await ExpectAsync(OneMasked, Outside, Site.Ingress);

        await GiveAsync(Site.Service(), One);

        await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectAsync(Dial.Refused, Outside, NodePort);
        // IPVS keeps an address, and refuses there, as long as it knows of connections that went by it.
        await ExpectAsync(Mode == ProxyMode.Ipvs ? Dial.Refused : Dial.Silence, Outside, Site.Ingress);
        await ExpectAsync(Dial.Silence, Outside, Site.External);
    }

    private static Service WithIngress(Service service, params string[] addresses) => service with
    {
        Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [.. addresses.Select(address => new LoadBalancerIngress { Ip = address })] } },
    };

    private async Task<int> CountRulesAsync() => (await Net.SaveAsync()).AsSpan().Count('\n');

    private async Task<string> RouteLocalnetAsync()
    {
        var values = await Node.RunAsync(["sysctl", "-n", "net.ipv4.conf.all.route_localnet", "net.ipv4.conf.eth0.route_localnet"]);
        return string.Join(' ', values.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(value => int.Parse(value, CultureInfo.InvariantCulture)));
    }
}
