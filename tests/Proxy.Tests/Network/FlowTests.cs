using System.Net.Sockets;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>Real packets through a real kernel's rules, by both ways into it.</summary>
public abstract class FlowTests(string variant) : IAsyncLifetime
{
    private const string Cluster = "10.96.0.10:80";
    private ProxyNetwork net = null!;

    private string NodePort => $"{net.Node.Address}:30080";

    private NetworkNamespace Pod => net.Client.Namespace;

    private NetworkNamespace Outside => net.Outside.Namespace;

    private NetworkNamespace Node => net.Node.Namespace;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(ProxyNetwork.SkipReason is null, ProxyNetwork.SkipReason ?? "");
        net = await ProxyNetwork.CreateAsync(variant);
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

        // A pod keeps its address; everybody else hides behind the node's address on the pods' bridge.
        var gateway = net.Node.PodGateway!.Split('/')[0];
        Assert.Equal($"one {net.Client.Address}", await Dial.TcpAsync(Pod, Cluster));
        Assert.Equal($"one {gateway}", await Dial.TcpAsync(Node, Cluster));
        Assert.Equal($"one {gateway}", await Dial.TcpAsync(Outside, NodePort));
        Assert.Equal($"one {gateway}", await Dial.TcpAsync(Pod, NodePort));
        Assert.Equal($"one {gateway}", await Dial.TcpAsync(Node, NodePort));
        // A pod that reaches itself must not see itself, or it would answer past the node.
        Assert.Equal($"one {gateway}", await Dial.TcpAsync(net.One.Namespace, Cluster));
        // Node ports are no business of loopback.
        Assert.Equal(Dial.Refused, await Dial.TcpAsync(Node, "127.0.0.1:30080"));
    }

    [Fact]
    public async Task A_remote_endpoint_is_reached_and_pods_keep_their_address_on_the_way()
    {
        net.Put(Web(), net.EndpointOf(net.Far));
        await net.StartProxyAsync();

        Assert.Equal($"far {net.Client.Address}", await Dial.TcpAsync(Pod, Cluster));
        Assert.Equal($"far {net.Node.Address}", await Dial.TcpAsync(Outside, NodePort));
    }

    [Fact]
    public async Task External_policy_Local_keeps_the_strangers_address_and_stays_on_the_node()
    {
        net.Put(Web(spec => spec with { ExternalTrafficPolicy = "Local" }), net.EndpointOf(net.One), net.EndpointOf(net.Far));
        await net.StartProxyAsync();

        for (var i = 0; i < 10; i++) Assert.Equal($"one {net.Outside.Address}", await Dial.TcpAsync(Outside, NodePort));
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
        Assert.Equal(Dial.Silence, await Dial.TcpAsync(Outside, $"{net.Node.Address}:30081"));
    }

    [Fact]
    public async Task Endpoints_come_and_go_within_a_moment_and_a_deleted_service_leaves_no_rule()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync();
        Assert.StartsWith("one ", await Dial.TcpAsync(Pod, Cluster), StringComparison.Ordinal);

        net.Put(Web(), net.EndpointOf(net.Two));
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Pod, Cluster), answer => answer.StartsWith("two ", StringComparison.Ordinal), "the new endpoint answers");

        net.Put(Web());
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Pod, Cluster), answer => answer == Dial.Refused, "a service without endpoints refuses");

        net.Api.Delete<Service>("web");
        net.Api.Delete<EndpointSlice>("web-1");
        await ProxyNetwork.UntilAsync(net.SaveAsync, rules => !rules.Contains("shop/web", StringComparison.Ordinal), "no rule names the deleted service");
    }

    [Fact]
    public async Task Round_robin_gives_every_endpoint_exactly_its_turn()
    {
        var service = Web();
        net.Put(service with { Metadata = service.Metadata with { Annotations = new Dictionary<string, string> { ["minik8s.io/balancing"] = "round-robin" } } }, AllThree());
        await net.StartProxyAsync();

        var counts = await CountAsync(Pod, Cluster, 60);

        Assert.Equal([20, 20, 20], counts.Values);
    }

    [Fact]
    public async Task Random_spreads_three_hundred_connections_evenly()
    {
        // 99.99 % of all fair spreads over three endpoints stay below this (chi-square, two degrees of freedom).
        const double Limit = 18.42;
        net.Put(Web(), AllThree());
        await net.StartProxyAsync();

        var counts = await CountAsync(Pod, Cluster, 300);

        Assert.Equal(3, counts.Count);
        var chiSquare = counts.Values.Sum(count => (count - 100.0) * (count - 100.0) / 100.0);
        Assert.True(chiSquare < Limit, $"chi-square {chiSquare} of {string.Join(", ", counts)}");
    }

    [Fact]
    public async Task Affinity_keeps_a_client_with_its_endpoint()
    {
        net.Put(Web(spec => spec with { SessionAffinity = "ClientIP" }), AllThree());
        await net.StartProxyAsync();

        Assert.Single(await CountAsync(Pod, Cluster, 20));
    }

    [Fact]
    public async Task Udp_clients_with_a_fixed_port_follow_when_their_endpoint_goes()
    {
        Service Names(string ip) => Given.Service("names", ip, spec => spec with { Type = "NodePort", Ports = [Given.Port("dns", 53, 30053, "UDP")] });
        net.Put(Names("10.96.0.53"), net.EndpointOf(net.One));
        await net.StartProxyAsync();
        using var socket = net.Client.Socket(SocketType.Dgram);
        Assert.Equal($"one {net.Client.Address}", await Dial.UdpAsync(socket, "10.96.0.53:53"));
        Assert.StartsWith("one ", await Dial.UdpAsync(Outside, $"{net.Node.Address}:30053"), StringComparison.Ordinal);

        net.Put(Names("10.96.0.53"), net.EndpointOf(net.Two));

        await ProxyNetwork.UntilAsync(() => Dial.UdpAsync(socket, "10.96.0.53:53"), answer => answer == $"two {net.Client.Address}", "the same socket reaches the new endpoint");
    }

    [Fact]
    public async Task A_killed_proxy_leaves_the_service_working_and_its_successor_cuts_no_connection()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        net.Put(Given.Service("old", "10.96.0.77"), net.EndpointOf(net.Two));
        await net.StartProxyAsync();
        using var line = await Dial.Line.OpenAsync(Outside, NodePort);
        var first = await line.AskAsync();
        var before = await net.SaveAsync();

        await net.KillProxyAsync();
        net.Api.Delete<Service>("old");
        Assert.Equal(first, await line.AskAsync());
        Assert.StartsWith("one ", await Dial.TcpAsync(Pod, Cluster), StringComparison.Ordinal);
        Assert.Contains("shop/old", before, StringComparison.Ordinal);

        await net.StartProxyAsync();

        Assert.Equal(first, await line.AskAsync());
        Assert.DoesNotContain("shop/old", await net.SaveAsync(), StringComparison.Ordinal);
        Assert.StartsWith("one ", await Dial.TcpAsync(Pod, Cluster), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_that_somebody_flushed_are_written_again()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync("--sync-period", "1s");

        await net.IptablesAsync("-t", "nat", "-F");
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Pod, Cluster), answer => answer.StartsWith("one ", StringComparison.Ordinal), "the flushed rules are back");

        await net.IptablesAsync("-t", "filter", "-F", "KUBE-FORWARD");
        await ProxyNetwork.UntilAsync(net.SaveAsync, rules => rules.Contains("-A KUBE-FORWARD", StringComparison.Ordinal), "the flushed chain is back");

        await net.IptablesAsync("-t", "nat", "-D", "PREROUTING", "1");
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Pod, Cluster), answer => answer.StartsWith("one ", StringComparison.Ordinal), "the jump that was taken out is back");
        Assert.Contains("changed by somebody else", net.ProxyLog, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_rules_stay_and_cleanup_leaves_nothing_of_ours()
    {
        await net.IptablesAsync("-t", "nat", "-N", "ADMIN");
        await net.IptablesAsync("-t", "nat", "-A", "PREROUTING", "-p", "tcp", "--dport", "9999", "-j", "ADMIN");
        await net.IptablesAsync("-A", "INPUT", "-p", "tcp", "--dport", "2222", "-j", "ACCEPT");
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync();
        Assert.Contains("-A PREROUTING -p tcp -m tcp --dport 9999 -j ADMIN", await net.SaveAsync(), StringComparison.Ordinal);

        await net.KillProxyAsync();
        await net.CleanUpAsync();

        var rules = await net.SaveAsync();
        Assert.DoesNotContain("KUBE-", rules, StringComparison.Ordinal);
        Assert.Contains("-A PREROUTING -p tcp -m tcp --dport 9999 -j ADMIN", rules, StringComparison.Ordinal);
        Assert.Contains("-A INPUT -p tcp -m tcp --dport 2222 -j ACCEPT", rules, StringComparison.Ordinal);
    }

    /// <summary>
    /// Docker lets through what stays on one bridge and what leaves it, and what is established; all else it drops. The way to a
    /// pod on the same bridge is Docker's own rule; what strangers send is ours: accepted for its mark, or for going to a pod.
    /// </summary>
    [Fact]
    public async Task Services_work_beside_a_forward_chain_that_drops_as_docker_makes_it()
    {
        await net.IptablesAsync("-P", "FORWARD", "DROP");
        await net.IptablesAsync("-A", "FORWARD", "-o", "pods0", "-m", "conntrack", "--ctstate", "RELATED,ESTABLISHED", "-j", "ACCEPT");
        await net.IptablesAsync("-A", "FORWARD", "-i", "pods0", "!", "-o", "pods0", "-j", "ACCEPT");
        await net.IptablesAsync("-A", "FORWARD", "-i", "pods0", "-o", "pods0", "-j", "ACCEPT");
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync();

        Assert.Equal($"one {net.Client.Address}", await Dial.TcpAsync(Pod, Cluster));
        Assert.StartsWith("one ", await Dial.TcpAsync(Outside, NodePort), StringComparison.Ordinal);
        Assert.StartsWith("one ", await Dial.TcpAsync(net.One.Namespace, Cluster), StringComparison.Ordinal);

        net.Put(Web(spec => spec with { ExternalTrafficPolicy = "Local" }), net.EndpointOf(net.One));
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Outside, NodePort), answer => answer == $"one {net.Outside.Address}", "policy Local keeps the stranger's address");
    }

    [Fact]
    public async Task Health_metrics_and_health_check_ports_answer()
    {
        net.Put(Web(spec => spec with { Type = "LoadBalancer", ExternalTrafficPolicy = "Local", HealthCheckNodePort = 30999 }), net.EndpointOf(net.One));
        await net.StartProxyAsync();
        using var outside = Outside.CreateHttpClient();
        using var inside = Node.CreateHttpClient();

        await ProxyNetwork.UntilAsync(() => outside.GetStringAsync($"http://{net.Node.Address}:30999/"), body => body.Contains("\"localEndpoints\":1", StringComparison.Ordinal), "the health-check port answers");
        Assert.Contains("lastUpdated", await outside.GetStringAsync($"http://{net.Node.Address}:10256/healthz"), StringComparison.Ordinal);
        Assert.Contains("kubeproxy_sync_full_proxy_rules_duration_seconds_count 1", await inside.GetStringAsync("http://127.0.0.1:10249/metrics"), StringComparison.Ordinal);
        Assert.Equal("iptables", await inside.GetStringAsync("http://127.0.0.1:10249/proxyMode"));

        net.Put(Web(spec => spec with { Type = "LoadBalancer", ExternalTrafficPolicy = "Local", HealthCheckNodePort = 30999 }), net.EndpointOf(net.Far));
        await ProxyNetwork.UntilAsync(
            async () => $"{(int)(await outside.GetAsync($"http://{net.Node.Address}:30999/")).StatusCode}", status => status == "503", "without local endpoints the port says no");
    }

    private static Service Web(Func<ServiceSpec, ServiceSpec>? change = null) =>
        Given.Service("web", "10.96.0.10", spec => (change ?? (same => same))(Given.NodePort(spec, 30080)));

    private Endpoint[] AllThree() => [net.EndpointOf(net.One), net.EndpointOf(net.Two), net.EndpointOf(net.Far)];

    private static async Task<Dictionary<string, int>> CountAsync(NetworkNamespace from, string destination, int connections)
    {
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < connections; i++)
        {
            var name = (await Dial.TcpAsync(from, destination)).Split(' ')[0];
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }
        return counts;
    }
}

/// <summary>By way of nf_tables.</summary>
public sealed class NftFlowTests() : FlowTests("nft");

/// <summary>By way of the older tables.</summary>
public sealed class LegacyFlowTests() : FlowTests("legacy");
