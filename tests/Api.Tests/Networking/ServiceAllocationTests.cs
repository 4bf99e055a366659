using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;

namespace MiniK8s.Api.Tests.Networking;

public sealed class ServiceAllocationTests
{
    private static readonly ServiceNetwork Network = new([IpRange.Parse("10.96.0.0/24")], PortRange.Default);
    private readonly Random random = new(7);

    private static Service Of(ServiceSpec spec) => new() { Spec = spec };

    private Service Complete(ServiceSpec spec, Func<IPAddress, bool>? taken = null, Func<int, bool>? portTaken = null) =>
        ServiceAllocation.Complete(Of(spec), Network, taken ?? (_ => false), portTaken ?? (_ => false), random);

    [Fact]
    public void ClusterIP_service_gets_an_address_in_both_fields()
    {
        var spec = new ServiceSpec { Type = "ClusterIP", IpFamilies = ["IPv4"], Ports = [new() { Port = 80, Protocol = "TCP" }] };
        Assert.False(ServiceAllocation.IsComplete(Of(spec)));

        var done = Complete(spec);
        Assert.True(ServiceAllocation.IsComplete(done));
        Assert.Equal([done.Spec!.ClusterIP!], done.Spec.ClusterIPs);
        Assert.True(Network.Addresses[0].IsUsable(IPAddress.Parse(done.Spec.ClusterIP!)));
        Assert.Null(done.Spec.Ports[0].NodePort);
    }

    [Fact]
    public void S14_the_other_protocol_of_a_port_follows_its_node_port()
    {
        var done = Complete(new ServiceSpec
        {
            Type = "NodePort",
            Ports = [new() { Name = "t", Port = 53, Protocol = "TCP", NodePort = 30053 }, new() { Name = "u", Port = 53, Protocol = "UDP" }, new() { Name = "x", Port = 80, Protocol = "TCP" }],
        });
        Assert.Equal(30053, done.Spec!.Ports[1].NodePort);
        Assert.NotEqual(30053, done.Spec.Ports[2].NodePort);
        Assert.Equal(2, ServiceAllocation.NodePortsOf(done).Count);
    }

    [Fact]
    public void S16_a_load_balancer_without_node_ports_gets_none_and_is_complete()
    {
        var spec = new ServiceSpec { Type = "LoadBalancer", AllocateLoadBalancerNodePorts = false, ClusterIP = "10.96.0.9", ClusterIPs = ["10.96.0.9"], Ports = [new() { Port = 80, Protocol = "TCP" }] };
        Assert.True(ServiceAllocation.IsComplete(Of(spec)));
        Assert.Null(Complete(spec).Spec!.Ports[0].NodePort);
    }

    [Fact]
    public void S39_a_local_load_balancer_gets_a_health_check_port_of_its_own()
    {
        var done = Complete(new ServiceSpec { Type = "LoadBalancer", ExternalTrafficPolicy = "Local", Ports = [new() { Port = 80, Protocol = "TCP" }] });
        Assert.True(Network.NodePorts.Contains(done.Spec!.HealthCheckNodePort ?? 0));
        Assert.NotEqual(done.Spec.HealthCheckNodePort, done.Spec.Ports[0].NodePort);
        Assert.True(ServiceAllocation.IsComplete(done));
    }

    [Theory]
    [InlineData("ExternalName", null)]
    [InlineData("ClusterIP", "None")]
    public void S18_S19_headless_and_external_names_own_nothing(string type, string? clusterIP)
    {
        var spec = new ServiceSpec { Type = type, ClusterIP = clusterIP, ClusterIPs = clusterIP is null ? [] : [clusterIP] };
        Assert.True(ServiceAllocation.IsComplete(Of(spec)));
        Assert.Empty(ServiceAllocation.AddressesOf(Complete(spec)));
        Assert.Empty(ServiceAllocation.NodePortsOf(Complete(spec)));
    }

    [Fact]
    public void A_range_used_up_leaves_the_service_incomplete()
    {
        var done = Complete(new ServiceSpec { Type = "ClusterIP" }, taken: _ => true);
        Assert.False(ServiceAllocation.IsComplete(done));
        Assert.Null(done.Spec!.ClusterIP);
    }

    [Fact]
    public void S41_two_families_get_two_addresses_and_keep_the_first()
    {
        var network = new ServiceNetwork([IpRange.Parse("10.96.0.0/24"), IpRange.Parse("fd00::/112")], PortRange.Default);
        var service = Of(new ServiceSpec { Type = "ClusterIP", ClusterIP = "10.96.0.7", ClusterIPs = ["10.96.0.7"], IpFamilies = ["IPv4", "IPv6"] });
        Assert.False(ServiceAllocation.IsComplete(service));

        var done = ServiceAllocation.Complete(service, network, _ => false, _ => false, random);
        Assert.Equal("10.96.0.7", done.Spec!.ClusterIPs[0]);
        Assert.Equal("IPv6", IpText.FamilyOf(done.Spec.ClusterIPs[1]));
    }
}
