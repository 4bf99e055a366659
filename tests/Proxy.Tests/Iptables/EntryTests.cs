using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Iptables;

/// <summary>The ways into a Service, and what answers where nobody is behind it.</summary>
public abstract class EntryTests
{
    private protected const string Pod = "10.244.1.99";
    private protected const string Outside = "203.0.113.7";

    [Fact]
    public void Protocols_on_one_port_number_go_each_to_its_own()
    {
        var service = Given.Service("all", "10.96.0.10", spec => spec with
        {
            Ports = [Given.Port("t", 80), Given.Port("u", 80, protocol: "UDP"), Given.Port("s", 80, protocol: "SCTP")],
        });
        var world = Synced(
            service,
            Given.SliceOf("all", "1", [Given.SlicePort("t", 1001), Given.SlicePort("u", 1002, "UDP"), Given.SlicePort("s", 1003, "SCTP")], Given.Local("10.244.1.1")));

        Assert.Equal("10.244.1.1:1001", world.Trace(Pod, "10.96.0.10:80"));
        Assert.Equal("10.244.1.1:1002", world.Trace(Pod, "10.96.0.10:80", "udp"));
        Assert.Equal("10.244.1.1:1003", world.Trace(Pod, "10.96.0.10:80", "sctp"));
    }

    [Fact]
    public void Other_ports_and_other_protocols_of_a_cluster_ip_are_refused_and_other_addresses_left_alone()
    {
        var world = Synced(Given.Service("web", "10.96.0.10"), Given.Slice("web", Given.Local("10.244.1.1")));

        Assert.Equal("REJECT", world.Trace(Pod, "10.96.0.10:81"));
        Assert.Equal("REJECT", world.Trace(Given.NodeAddress, "10.96.0.10:81"));
        Assert.Equal("REJECT", world.Trace(Pod, "10.96.0.10:80", "udp"));
        Assert.Equal("none", world.Trace(Pod, "10.96.0.11:80"));
    }

    [Theory]
    [InlineData(Pod, "10.96.0.10:80")]
    [InlineData(Given.NodeAddress, "10.96.0.10:80")]
    [InlineData(Outside, "10.96.0.10:80")]
    [InlineData(Outside, "192.0.2.18:80")]
    [InlineData(Outside, "192.0.2.10:80")]
    [InlineData(Outside, Given.NodeAddress + ":30080")]
    [InlineData(Pod, Given.NodeAddress + ":30080")]
    public void Without_endpoints_every_way_in_refuses(string source, string destination)
    {
        var world = Synced(Exposed(spec => spec), Given.Slice("web", Given.Endpoint("10.244.1.1", Given.NodeName, ready: false)));

        Assert.Equal("REJECT", world.Trace(source, destination));
    }

    [Theory]
    [InlineData(Outside, "192.0.2.18:80", "DROP")]
    [InlineData(Outside, "192.0.2.10:80", "DROP")]
    [InlineData(Outside, Given.NodeAddress + ":30080", "DROP")]
    [InlineData(Outside, "10.96.0.10:80", "10.244.2.1:8080 masq")]
    [InlineData(Pod, Given.NodeAddress + ":30080", "10.244.2.1:8080")]
    [InlineData(Pod, "192.0.2.10:80", "10.244.2.1:8080")]
    public void External_policy_Local_without_local_endpoints_drops_what_comes_from_outside(string source, string destination, string expected)
    {
        var world = Synced(Exposed(spec => spec with { ExternalTrafficPolicy = "Local" }), Given.Slice("web", Given.Remote("10.244.2.1")));

        Assert.Equal(expected, world.Trace(source, destination));
    }

    [Fact]
    public void Internal_policy_Local_without_local_endpoints_drops_and_without_any_refuses()
    {
        var local = Given.Service("web", "10.96.0.10", spec => spec with { InternalTrafficPolicy = "Local" });

        Assert.Equal("DROP", Synced(local, Given.Slice("web", Given.Remote("10.244.2.1"))).Trace(Pod, "10.96.0.10:80"));
        Assert.Equal("REJECT", Synced(local).Trace(Pod, "10.96.0.10:80"));
    }

    [Theory]
    [InlineData("203.0.113.7", "10.244.1.1:8080 masq")]
    [InlineData("198.51.100.1", "DROP")]
    [InlineData(Pod, "DROP")]
    public void Source_ranges_let_in_whom_they_list(string source, string expected)
    {
        var world = Synced(Exposed(spec => spec with { LoadBalancerSourceRanges = [" 203.0.113.0/24 ", "2001:db8::/64"] }), Given.Slice("web", Given.Local("10.244.1.1")));

        Assert.Equal(expected, world.Trace(source, "192.0.2.10:80"));
        Assert.Equal("10.244.1.1:8080 masq", world.Trace("198.51.100.1", $"{Given.NodeAddress}:30080"));
    }

    [Fact]
    public void Source_ranges_that_hold_the_node_let_its_own_packets_through()
    {
        var world = Synced(Exposed(spec => spec with { LoadBalancerSourceRanges = ["192.168.0.0/16"] }), Given.Slice("web", Given.Local("10.244.1.1")));

        Assert.Equal("10.244.1.1:8080 masq", world.Trace("192.0.2.10", "192.0.2.10:80"));
    }

    [Fact]
    public void An_ingress_of_mode_Proxy_gets_no_rule()
    {
        var service = Exposed(spec => spec) with
        {
            Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { Ip = "192.0.2.10", IpMode = "Proxy" }] } },
        };

        Assert.Equal("none", Synced(service, Given.Slice("web", Given.Local("10.244.1.1"))).Trace(Outside, "192.0.2.10:80"));
    }

    [Fact]
    public void Node_ports_answer_only_on_the_addresses_that_were_asked_for()
    {
        var world = Synced(Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080)), Given.Slice("web", Given.Local("10.244.1.1")));
        world.Tracker.SetNodePortAddresses([IPAddress.Parse("192.168.88.1")]);
        world.Sync();

        Assert.Equal("10.244.1.1:8080 masq", world.Trace(Outside, "192.168.88.1:30080"));
        Assert.Equal("none", world.Trace(Outside, $"{Given.NodeAddress}:30080"));
    }

    /// <summary>An empty world of the backend.</summary>
    private protected abstract IRuleWorld Create();

    private protected IRuleWorld Synced(params IResource[] objects)
    {
        var world = Create();
        world.Put(objects);
        world.Sync();
        return world;
    }

    private protected static Service Exposed(Func<ServiceSpec, ServiceSpec> change) =>
        Given.Service("web", "10.96.0.10", spec => change(Given.NodePort(spec, 30080) with { Type = "LoadBalancer", ExternalIPs = ["192.0.2.18"] })) with
        {
            Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { Ip = "192.0.2.10" }] } },
        };
}
