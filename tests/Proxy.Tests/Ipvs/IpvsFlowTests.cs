using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Network;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Ipvs;

/// <summary>Real packets through real virtual servers. <see cref="UserModeTests"/> runs these where this machine's kernel has no IPVS.</summary>
public sealed class IpvsFlowTests : IAsyncLifetime
{
    private const string Cluster = "10.96.0.10:80";
    private const string Balancer = "192.0.2.10:80";
    private static readonly Lazy<string?> Missing = new(WhyNot);
    private ProxyNetwork net = null!;

    private string NodePort => $"{net.Node.Address}:30080";

    private NetworkNamespace Pod => net.Client.Namespace;

    private NetworkNamespace Outside => net.Outside.Namespace;

    private NetworkNamespace Node => net.Node.Namespace;

    private string Gateway => net.Node.PodGateway!.Split('/')[0];

    public async ValueTask InitializeAsync()
    {
        var reason = ProxyNetwork.SkipReason ?? Missing.Value;
        Assert.SkipUnless(reason is null, reason ?? "");
        net = await ProxyNetwork.CreateAsync("legacy", "ipvs");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (net is not null) await net.DisposeAsync();
    }

    [Fact]
    public async Task Every_way_in_arrives_and_the_server_sees_whom_it_should()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync();

        Assert.Equal($"one {net.Client.Address}", await Dial.TcpAsync(Pod, Cluster));
        Assert.Equal($"one {Gateway}", await Dial.TcpAsync(Node, Cluster));
        Assert.Equal($"one {Gateway}", await Dial.TcpAsync(Outside, NodePort));
        Assert.Equal($"one {Gateway}", await Dial.TcpAsync(Pod, NodePort));
        Assert.Equal($"one {Gateway}", await Dial.TcpAsync(Node, NodePort));
        Assert.Equal($"one {Gateway}", await Dial.TcpAsync(net.One.Namespace, Cluster));
        Assert.Equal(Dial.Refused, await Dial.TcpAsync(Node, "127.0.0.1:30080"));
        // A port that the Service has not.
        Assert.Equal(Dial.Refused, await Dial.TcpAsync(Pod, "10.96.0.10:81"));
    }

    [Fact]
    public async Task External_policy_Local_keeps_the_strangers_address_and_leads_pods_and_the_node_to_all_endpoints()
    {
        net.Put(Web(spec => spec with { ExternalTrafficPolicy = "Local" }), net.EndpointOf(net.One), net.EndpointOf(net.Far));
        await net.StartProxyAsync();

        for (var i = 0; i < 6; i++) Assert.Equal($"one {net.Outside.Address}", await Dial.TcpAsync(Outside, NodePort));
        Assert.Equal(["far", "one"], await NamesAsync(Pod, NodePort));
        Assert.Equal(["far", "one"], await NamesAsync(Node, NodePort));

        net.Put(Web(spec => spec with { ExternalTrafficPolicy = "Local" }), net.EndpointOf(net.Far));
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Outside, NodePort), answer => answer == Dial.Silence, "strangers are dropped");
        Assert.Equal($"far {net.Client.Address}", await Dial.TcpAsync(Pod, NodePort));
    }

    [Fact]
    public async Task Both_policies_Local_still_lead_pods_to_all_endpoints_by_a_node_port()
    {
        net.Put(Web(spec => spec with { ExternalTrafficPolicy = "Local", InternalTrafficPolicy = "Local" }), net.EndpointOf(net.One), net.EndpointOf(net.Far));
        await net.StartProxyAsync();

        Assert.Equal(["one"], await NamesAsync(Pod, Cluster));
        Assert.Equal(["far", "one"], await NamesAsync(Pod, NodePort));
        Assert.Equal(["one"], await NamesAsync(Outside, NodePort));
    }

    [Fact]
    public async Task Without_endpoints_a_client_is_refused_and_with_policy_Local_left_in_silence()
    {
        net.Put(Web());
        net.Put(Given.Service("far", "10.96.0.11", spec => Given.NodePort(spec, 30081) with { ExternalTrafficPolicy = "Local", InternalTrafficPolicy = "Local" }), net.EndpointOf(net.Far));
        await net.StartProxyAsync();

        Assert.Equal(Dial.Refused, await Dial.TcpAsync(Pod, Cluster));
        Assert.Equal(Dial.Refused, await Dial.TcpAsync(Node, Cluster));
        Assert.Equal(Dial.Refused, await Dial.TcpAsync(Outside, NodePort));
        Assert.Equal(Dial.Silence, await Dial.TcpAsync(Pod, "10.96.0.11:80"));
        Assert.Equal(Dial.Silence, await Dial.TcpAsync(Node, "10.96.0.11:80"));
        Assert.Equal(Dial.Silence, await Dial.TcpAsync(Outside, $"{net.Node.Address}:30081"));
    }

    [Fact]
    public async Task Affinity_keeps_a_client_with_its_endpoint_by_whichever_way_it_comes()
    {
        net.Put(Balanced(spec => spec with { SessionAffinity = "ClientIP" }), net.EndpointOf(net.One), net.EndpointOf(net.Two), net.EndpointOf(net.Far));
        await net.StartProxyAsync();

        var names = await NamesAsync(Pod, Cluster);
        Assert.Single(names);
        Assert.Equal(names, await NamesAsync(Pod, NodePort));
        Assert.Equal(names, await NamesAsync(Pod, Balancer));
    }

    [Fact]
    public async Task Source_ranges_let_in_whom_they_list()
    {
        net.Put(Balanced(spec => spec with { LoadBalancerSourceRanges = [$"{net.Outside.Address}/32"] }), net.EndpointOf(net.One));
        await net.Outside.Namespace.IpAsync($"route add 192.0.2.10 via {net.Node.Address}");
        await net.StartProxyAsync();

        Assert.StartsWith("one ", await Dial.TcpAsync(Outside, Balancer), StringComparison.Ordinal);
        Assert.Equal(Dial.Silence, await Dial.TcpAsync(Pod, Balancer));
        Assert.Equal(Dial.Silence, await Dial.TcpAsync(Node, Balancer));
        Assert.StartsWith("one ", await Dial.TcpAsync(Pod, NodePort), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_goes_keeps_its_open_connections_and_gets_no_new_ones()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync();
        using var line = await Dial.Line.OpenAsync(Pod, Cluster);
        var first = await line.AskAsync();

        net.Put(Web(), net.EndpointOf(net.Two));
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Pod, Cluster), answer => answer.StartsWith("two ", StringComparison.Ordinal), "the new endpoint answers");

        Assert.Equal(first, await line.AskAsync());
        net.Api.Delete<Service>("web");
        net.Api.Delete<EndpointSlice>("web-1");
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Pod, Cluster), answer => answer == Dial.Refused, "no new connection to the deleted Service");
        Assert.Equal(first, await line.AskAsync());
    }

    [Fact]
    public async Task Udp_clients_with_a_fixed_port_follow_when_their_endpoint_goes()
    {
        Service Names() => Given.Service("names", "10.96.0.53", spec => spec with { Ports = [Given.Port("dns", 53, protocol: "UDP")] });
        net.Put(Names(), net.EndpointOf(net.One));
        await net.StartProxyAsync();
        using var socket = net.Client.Socket(System.Net.Sockets.SocketType.Dgram);
        Assert.Equal($"one {net.Client.Address}", await Dial.UdpAsync(socket, "10.96.0.53:53"));

        net.Put(Names(), net.EndpointOf(net.Two));

        await ProxyNetwork.UntilAsync(() => Dial.UdpAsync(socket, "10.96.0.53:53"), answer => answer == $"two {net.Client.Address}", "the same socket reaches the new endpoint");
    }

    [Fact]
    public async Task A_killed_proxy_leaves_the_service_working_its_successor_cuts_no_connection_and_cleanup_leaves_nothing()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        net.Put(Given.Service("old", "10.96.0.77"), net.EndpointOf(net.Two));
        await net.StartProxyAsync();
        using var line = await Dial.Line.OpenAsync(Outside, NodePort);
        var first = await line.AskAsync();

        await net.KillProxyAsync();
        net.Api.Delete<Service>("old");
        Assert.Equal(first, await line.AskAsync());
        await net.StartProxyAsync();

        Assert.Equal(first, await line.AskAsync());
        Assert.Equal(Dial.Silence, await Dial.TcpAsync(Node, "10.96.0.77:80"));
        await net.KillProxyAsync();
        await net.CleanUpAsync();
        Assert.DoesNotContain("KUBE-", await net.SaveAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("KUBE-", await Node.RunAsync(["ipset", "list", "-n"]), StringComparison.Ordinal);
        Assert.DoesNotContain(IpvsDevice.Name, await Node.RunAsync(["ip", "link"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_removed_is_put_back()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync("--sync-period", "1s");

        await Node.IpAsync($"link del {IpvsDevice.Name}");
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Pod, Cluster), answer => answer.StartsWith("one ", StringComparison.Ordinal), "the device is back");

        await net.IptablesAsync("-t", "nat", "-F");
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Node, Cluster), answer => answer == $"one {Gateway}", "the rules are back");
        Assert.Contains("changed by somebody else", net.ProxyLog, StringComparison.Ordinal);
    }

    private static Service Web(Func<ServiceSpec, ServiceSpec>? change = null) =>
        Given.Service("web", "10.96.0.10", spec => (change ?? (same => same))(Given.NodePort(spec, 30080)));

    private static Service Balanced(Func<ServiceSpec, ServiceSpec> change) => Web(spec => change(spec with { Type = "LoadBalancer" })) with
    {
        Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { Ip = "192.0.2.10" }] } },
    };

    private static async Task<IReadOnlyList<string>> NamesAsync(NetworkNamespace from, string destination)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 6; i++) names.Add((await Dial.TcpAsync(from, destination)).Split(' ')[0]);
        return [.. names];
    }

    private static string? WhyNot()
    {
        using var kernel = new IpvsKernel(new KernelSettings());
        return kernel.HasIpvs ? null : "IPVS is not in this machine's kernel";
    }
}
