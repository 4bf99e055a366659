using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Ipvs;

/// <summary>What a change sends to the kernel, and what becomes of open connections.</summary>
public sealed class BackendTests
{
    private static readonly ServerAddress Cluster = new(TransportProtocol.Tcp, System.Net.IPAddress.Parse("10.96.0.10"), 80);
    private static readonly RealServer One = new(System.Net.IPAddress.Parse("10.244.1.1"), 8080);
    private readonly IpvsWorld ipvs = new(new World());

    [Fact]
    public async Task A_new_service_is_marked_and_served_before_its_address_is_there()
    {
        await SyncAsync();
        var log = await SyncAsync(Web(), Given.Slice("web", Given.Local("10.244.1.1")));

        Assert.Equal(
            [
                "-A -t 10.96.0.10:80 -s rr",
                "-a -t 10.96.0.10:80 -r 10.244.1.1:8080 -m -w 1",
                "add KUBE-CLUSTER-IP 10.96.0.10,tcp:80",
                "add KUBE-IPVS-IPS 10.96.0.10",
                "add KUBE-LOOP-BACK 10.244.1.1,tcp:8080,10.244.1.1",
                "address add 10.96.0.10 dev kube-ipvs0",
            ],
            log.Order(StringComparer.Ordinal));
        Assert.StartsWith("add ", log[0], StringComparison.Ordinal);
        Assert.Equal("address add 10.96.0.10 dev kube-ipvs0", log[^1]);
    }

    [Fact]
    public async Task An_endpoint_that_comes_is_there_before_the_one_that_goes_loses_its_weight()
    {
        await SyncAsync(Web(), Given.Slice("web", Given.Local("10.244.1.1")));
        ipvs.Kernel.Connections[One] = 1;

        var log = await SyncAsync(Given.Slice("web", Given.Local("10.244.1.2")));

        Assert.Equal(
            [
                "add KUBE-LOOP-BACK 10.244.1.2,tcp:8080,10.244.1.2",
                "-a -t 10.96.0.10:80 -r 10.244.1.2:8080 -m -w 1",
                "-e -t 10.96.0.10:80 -r 10.244.1.1:8080 -m -w 0",
                "del KUBE-LOOP-BACK 10.244.1.1,tcp:8080,10.244.1.1",
            ],
            log);
    }

    [Fact]
    public async Task A_real_server_without_connections_goes_at_once_and_one_with_them_when_the_last_has_ended()
    {
        await SyncAsync(Web(), Given.Slice("web", Given.Local("10.244.1.1"), Given.Local("10.244.1.2")));
        ipvs.Kernel.Connections[One] = 1;

        var log = await SyncAsync(Given.Slice("web"));
        Assert.Contains("-d -t 10.96.0.10:80 -r 10.244.1.2:8080", log);
        Assert.DoesNotContain("-d -t 10.96.0.10:80 -r 10.244.1.1:8080", log);
        Assert.Null(await CheckAsync());
        Assert.Contains("-r 10.244.1.1:8080 -m -w 0", ipvs.Kernel.Save(), StringComparison.Ordinal);

        ipvs.Kernel.Connections.Clear();
        Assert.Null(await CheckAsync());
        Assert.DoesNotContain("10.244.1.1:8080", ipvs.Kernel.Save(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_returns_gets_its_weight_back()
    {
        await SyncAsync(Web(), Given.Slice("web", Given.Local("10.244.1.1")));
        ipvs.Kernel.Connections[One] = 1;
        await SyncAsync(Given.Slice("web"));

        Assert.Contains("-e -t 10.96.0.10:80 -r 10.244.1.1:8080 -m -w 1", await SyncAsync(Given.Slice("web", Given.Local("10.244.1.1"))));
        Assert.Empty(await DrainedAsync());
    }

    [Fact]
    public async Task Udp_endpoints_go_at_once()
    {
        Service Names() => Given.Service("names", "10.96.0.53", spec => spec with { Ports = [Given.Port("http", 53, protocol: "UDP")] });
        await SyncAsync(Names(), Given.SliceOf("names", "1", [Given.SlicePort("http", 8080, "UDP")], Given.Local("10.244.1.1")));
        ipvs.Kernel.Connections[One] = 7;

        var log = await SyncAsync(Given.SliceOf("names", "1", [Given.SlicePort("http", 8080, "UDP")]));

        Assert.Contains("-d -u 10.96.0.53:53 -r 10.244.1.1:8080", log);
    }

    [Fact]
    public async Task Udp_clients_of_an_endpoint_that_still_serves_stay_with_it_until_it_does_no_longer()
    {
        Api.Discovery.V1.EndpointSlice Slice(params Api.Discovery.V1.Endpoint[] endpoints) => Given.SliceOf("names", "1", [Given.SlicePort("http", 8080, "UDP")], endpoints);
        await SyncAsync(Given.Service("names", "10.96.0.53", spec => spec with { Ports = [Given.Port("http", 53, protocol: "UDP")] }), Slice(Given.Local("10.244.1.1")));
        ipvs.Kernel.Connections[One] = 7;

        var log = await SyncAsync(Slice(Given.Endpoint("10.244.1.1", Given.NodeName, ready: false, serving: true, terminating: true), Given.Local("10.244.1.2")));
        Assert.Contains("-e -u 10.96.0.53:53 -r 10.244.1.1:8080 -m -w 0", log);

        log = await SyncAsync(Slice(Given.Endpoint("10.244.1.1", Given.NodeName, ready: false, serving: false, terminating: true), Given.Local("10.244.1.2")));
        Assert.Contains("-d -u 10.96.0.53:53 -r 10.244.1.1:8080", log);
    }

    [Fact]
    public async Task A_deleted_service_serves_its_open_connections_to_their_end_and_then_leaves_nothing()
    {
        await SyncAsync();
        var before = ipvs.Kernel.Save();
        await SyncAsync(Web(), Given.Slice("web", Given.Local("10.244.1.1")));
        ipvs.Kernel.Connections[One] = 1;
        ipvs.World.Remove<Service>("web").Remove<Api.Discovery.V1.EndpointSlice>("web-1");
        await SyncAsync();

        Assert.Contains("-a -t 10.96.0.10:80 -r 10.244.1.1:8080 -m -w 0", ipvs.Kernel.Save(), StringComparison.Ordinal);
        Assert.Contains("address 10.96.0.10", ipvs.Kernel.Save(), StringComparison.Ordinal);
        Assert.Equal("REJECT", ipvs.Trace("10.244.1.99", "10.96.0.10:80"));

        ipvs.Kernel.Connections.Clear();
        await CheckAsync();
        Assert.Equal(before, ipvs.Kernel.Save());
    }

    [Fact]
    public async Task Several_ports_on_one_address_have_it_once_and_until_the_last()
    {
        Service Ports(params (string Name, int Number)[] ports) =>
            Given.Service("web", "10.96.0.10", spec => spec with { Ports = [.. ports.Select(port => Given.Port(port.Name, port.Number))] });
        var log = await SyncAsync(Ports(("a", 80), ("b", 443)));
        Assert.Single(log, line => line == "address add 10.96.0.10 dev kube-ipvs0");

        log = await SyncAsync(Ports(("b", 443)));
        Assert.DoesNotContain(log, line => line.StartsWith("address", StringComparison.Ordinal));
        ipvs.World.Remove<Service>("web");
        Assert.Contains("address del 10.96.0.10 dev kube-ipvs0", await SyncAsync());
    }

    [Fact]
    public async Task An_external_address_that_the_node_has_anyway_is_not_put_on_the_device()
    {
        await SyncAsync(Web(spec => spec with { ExternalIPs = [Given.NodeAddress] }), Given.Slice("web", Given.Local("10.244.1.1")));

        Assert.DoesNotContain($"address {Given.NodeAddress}", ipvs.Kernel.Save(), StringComparison.Ordinal);
        Assert.Equal("10.244.1.1:8080 masq", ipvs.Trace("203.0.113.7", $"{Given.NodeAddress}:80"));
    }

    [Fact]
    public async Task Affinity_and_scheduler_are_changed_in_place()
    {
        await SyncAsync(Web(), Given.Slice("web", Given.Local("10.244.1.1")));

        Assert.Equal(["-E -t 10.96.0.10:80 -s rr -p 10800"], await SyncAsync(Web(spec => spec with { SessionAffinity = "ClientIP" })));
    }

    [Theory]
    [InlineData("lc", "-s lc")]
    [InlineData("mh", "-s mh -b mh-port")]
    public async Task The_scheduler_serves_all_but_those_who_asked_for_their_turn(string scheduler, string expected)
    {
        var world = new World().Put(Web(), Given.Slice("web", Given.Local("10.244.1.1")));
        var turn = Given.Service("turn", "10.96.0.11");
        world.Put(turn with { Metadata = turn.Metadata with { Annotations = new Dictionary<string, string> { ["minik8s.io/balancing"] = "round-robin" } } });
        var other = new IpvsWorld(world, scheduler);
        await other.SyncAsync();

        Assert.Contains($"-A -t 10.96.0.10:80 {expected}\n", other.Kernel.Save(), StringComparison.Ordinal);
        Assert.Contains("-A -t 10.96.0.11:80 -s rr\n", other.Kernel.Save(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_endpoints_starts_no_process_and_reads_nothing()
    {
        await SyncAsync(Web(spec => Given.NodePort(spec, 30080) with { ExternalTrafficPolicy = "Local" }), Given.Slice("web", Given.Local("10.244.1.1")));
        var (scripts, reads) = (ipvs.Rules.Scripts.Count, ipvs.Kernel.Reads);

        await SyncAsync(Given.Slice("web", Given.Local("10.244.1.2")));

        Assert.Equal((scripts, reads), (ipvs.Rules.Scripts.Count, ipvs.Kernel.Reads));
    }

    [Fact]
    public async Task After_a_refusal_everything_is_read_and_put_right()
    {
        await SyncAsync(Web(), Given.Slice("web", Given.Local("10.244.1.1")));
        ipvs.Kernel.RefuseAfter = 1;
        await Assert.ThrowsAsync<IpvsException>(() => SyncAsync(Given.Slice("web", Given.Local("10.244.1.2"), Given.Local("10.244.1.3"))));
        ipvs.Kernel.RefuseAfter = null;

        await ipvs.SyncAsync();

        Assert.Equal((await ipvs.FromScratchAsync()).Save(), ipvs.Save());
    }

    [Fact]
    public async Task What_an_earlier_run_left_is_kept_where_it_is_right_and_removed_where_it_is_not()
    {
        await SyncAsync(Web(spec => Given.NodePort(spec, 30080)), Given.Slice("web", Given.Local("10.244.1.1")), Given.Service("old", "10.96.0.77", spec => Given.NodePort(spec, 30077)));
        var stranger = new ServerAddress(TransportProtocol.Tcp, System.Net.IPAddress.Parse("198.51.100.1"), 80);
        ipvs.Kernel.Apply([new IpvsOperation.AddServer(stranger, new ServerSettings("wlc", 0))]);
        ipvs.World.Remove<Service>("old");
        var next = new IpvsWorld(ipvs.World) { Kernel = ipvs.Kernel, Rules = ipvs.Rules };
        ipvs.Kernel.Log.Clear();

        await next.SyncAsync();

        Assert.DoesNotContain(ipvs.Kernel.Log, line => line.Contains("10.96.0.10", StringComparison.Ordinal));
        Assert.DoesNotContain("10.96.0.77", ipvs.Kernel.Save(), StringComparison.Ordinal);
        Assert.DoesNotContain("30077", ipvs.Kernel.Save(), StringComparison.Ordinal);
        Assert.Contains("198.51.100.1:80", ipvs.Kernel.Save(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_changed_is_found_out_and_put_right()
    {
        await SyncAsync(Web(), Given.Slice("web", Given.Local("10.244.1.1")));
        Assert.Null(await CheckAsync());
        ipvs.Kernel.Apply([new IpvsOperation.EditReal(Cluster, One, 0)]);

        Assert.Contains("weight 0 in place of 1", await CheckAsync(), StringComparison.Ordinal);

        await ipvs.SyncAsync();
        Assert.Null(await CheckAsync());
    }

    [Fact]
    public async Task New_addresses_of_the_node_get_its_node_ports()
    {
        await SyncAsync(Web(spec => Given.NodePort(spec, 30080)), Given.Slice("web", Given.Local("10.244.1.1")));
        ipvs.Kernel.NodeAddresses.Add(System.Net.IPAddress.Parse("192.168.88.1"));

        Assert.Equal("the node's addresses changed", await ipvs.Backend.CheckAsync(false, TestContext.Current.CancellationToken));
        await ipvs.SyncAsync();

        Assert.Equal("10.244.1.1:8080 masq", ipvs.Trace("203.0.113.7", "192.168.88.1:30080"));
    }

    [Fact]
    public async Task Rules_of_the_iptables_mode_are_replaced_in_one_step_and_the_other_way_round()
    {
        ipvs.World.Put(Web(), Given.Slice("web", Given.Local("10.244.1.1"))).SyncFull();
        var iptables = ipvs.World.Tables.Save();
        ipvs.Rules.Tables.Restore(new Proxy.Iptables.ScriptBuilder(ipvs.World.Settings).Full(ipvs.World.Model, Proxy.Iptables.KernelTables.Empty).ToString());
        await ipvs.ProgramAsync(ipvs.World.Model);
        Assert.DoesNotContain("KUBE-SVC", ipvs.Rules.Tables.Save(), StringComparison.Ordinal);
        Assert.Equal("10.244.1.1:8080", ipvs.Trace("10.244.1.99", "10.96.0.10:80"));

        var back = new Proxy.Sync.IptablesBackend(ipvs.World.Settings, ipvs.Rules);
        await back.SyncAsync(new ProxyChange(ProxyModel.Empty(IpFamily.V4), ipvs.World.Model, []), TestContext.Current.CancellationToken);

        Assert.Equal(iptables, ipvs.Rules.Tables.Save());
    }

    private static Service Web(Func<ServiceSpec, ServiceSpec>? change = null) => Given.Service("web", "10.96.0.10", change);

    private async Task<IReadOnlyList<string>> SyncAsync(params IResource[] objects)
    {
        ipvs.Kernel.Log.Clear();
        ipvs.World.Put(objects);
        await ipvs.SyncAsync();
        return [.. ipvs.Kernel.Log];
    }

    private Task<string?> CheckAsync() => ipvs.Backend.CheckAsync(true, TestContext.Current.CancellationToken);

    private async Task<IReadOnlyList<string>> DrainedAsync()
    {
        ipvs.Kernel.Log.Clear();
        ipvs.Kernel.Connections.Clear();
        await CheckAsync();
        return [.. ipvs.Kernel.Log];
    }
}
