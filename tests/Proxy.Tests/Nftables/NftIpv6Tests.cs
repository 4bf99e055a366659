using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Kit.Nft;

namespace MiniK8s.Proxy.Tests.Nftables;

/// <summary>The other family: longer addresses in more registers, the same answers.</summary>
public sealed class NftIpv6Tests
{
    private const string Node = "fd00:77::1";
    private const string Pod = "fd00:10:0:1::99";
    private const string Outside = "2001:db8::7";
    private const string Local = "[fd00:10:0:1::1]:8080";
    private const string Remote = "[fd00:10:0:2::1]:8080";

    private readonly NftWorld world = new(new WorldOptions { Family = IpFamily.V6, PodCidr = IPNetwork.Parse("fd00:10::/56"), NodeAddresses = [Node] });

    [Theory]
    [InlineData(Pod, "[fd00:96::10]:80", Local + ", " + Remote)]
    [InlineData(Node, "[fd00:96::10]:80", Local + ", " + Remote + " masq")]
    [InlineData(Outside, "[fd00:96::10]:80", Local + ", " + Remote + " masq")]
    [InlineData(Pod, "[fd00:77::1]:30080", Local + ", " + Remote)]
    [InlineData(Outside, "[fd00:77::1]:30080", Local)]
    [InlineData(Node, "[fd00:77::1]:30080", Local + ", " + Remote + " masq")]
    [InlineData(Node, "[::1]:30080", "none")]
    [InlineData(Outside, "[2001:db8:1::9]:80", Local)]
    [InlineData(Outside, "[2001:db8:1::10]:80", "DROP")]
    [InlineData("2001:db8:f::1", "[2001:db8:1::10]:80", Local)]
    [InlineData(Pod, "[fd00:96::10]:81", "REJECT")]
    [InlineData(Pod, "[fd00:96::11]:80", "REJECT")]
    [InlineData(Pod, "[fd00:96::12]:80", "none")]
    public void A_packet_gets_there(string source, string destination, string expected)
    {
        Add(spec => spec);

        Assert.Equal(expected, world.Trace(source, destination));
    }

    [Theory]
    [InlineData("ClientIP", "random")]
    [InlineData("ClientIP", "round-robin")]
    [InlineData("None", "round-robin")]
    public void However_it_is_chosen(string affinity, string balancing)
    {
        Add(spec => spec with { SessionAffinity = affinity }, balancing);

        Assert.Equal(Local + ", " + Remote, world.Trace(Pod, "[fd00:96::10]:80"));
        Assert.Equal(Local, world.Trace(Outside, "[fd00:77::1]:30080"));
    }

    [Fact]
    public void An_endpoint_that_reaches_itself_is_masqueraded()
    {
        world.Put(
            Given.Service("self", "10.96.0.20", spec => spec with { ClusterIPs = ["10.96.0.20", "fd00:96::20"] }),
            Given.Slice("self", Given.Local("fd00:10:0:1::1")) with { AddressType = "IPv6" });
        world.Sync();

        Assert.Equal(Local + " masq", world.Trace("fd00:10:0:1::1", "[fd00:96::20]:80"));
    }

    private void Add(Func<ServiceSpec, ServiceSpec> change, string balancing = "random")
    {
        var service = Given.Service("web", "10.96.0.10", spec => change(Given.NodePort(spec, 30080) with
        {
            Type = "LoadBalancer",
            ClusterIPs = ["10.96.0.10", "fd00:96::10"],
            ExternalIPs = ["2001:db8:1::9"],
            ExternalTrafficPolicy = "Local",
            LoadBalancerSourceRanges = ["2001:db8:f::/48"],
        }));
        world.Put(
            service with
            {
                Metadata = service.Metadata with { Annotations = new Dictionary<string, string> { ["minik8s.io/balancing"] = balancing } },
                Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { Ip = "2001:db8:1::10" }] } },
            },
            Given.Slice("web", Given.Local("fd00:10:0:1::1"), Given.Remote("fd00:10:0:2::1")) with { AddressType = "IPv6" },
            Given.Service("empty", "10.96.0.11", spec => spec with { ClusterIPs = ["10.96.0.11", "fd00:96::11"] }));
        world.Sync();
    }
}
