using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Tests.Tracking;

public sealed class ReaderTests
{
    private readonly ServiceReader services = new(IpFamily.V4, Balancing.Random);

    [Fact]
    public void Headless_alias_and_addressless_services_have_no_ports()
    {
        Assert.Empty(services.Read(Given.Service("a", "None")));
        Assert.Empty(services.Read(Given.Service("b", "")));
        Assert.Empty(services.Read(Given.Service("c", "10.96.0.1", spec => spec with { Type = "ExternalName" })));
        Assert.Empty(services.Read(null));
    }

    [Theory]
    [InlineData("service.kubernetes.io/service-proxy-name")]
    [InlineData("service.kubernetes.io/headless")]
    public void A_label_gives_the_service_to_another_proxy(string label)
    {
        var service = Given.Service("a", "10.96.0.1");

        Assert.Empty(services.Read(service with { Metadata = service.Metadata with { Labels = new Dictionary<string, string> { [label] = "x" } } }));
    }

    [Fact]
    public void Each_family_takes_its_own_of_a_dual_stack_service()
    {
        var service = Given.Service("a", "10.96.0.1", spec => spec with { ClusterIPs = ["10.96.0.1", "fd00::1"], ExternalIPs = ["192.0.2.1", "2001:db8::1"] });

        var v6 = Assert.Single(new ServiceReader(IpFamily.V6, Balancing.Random).Read(service));

        Assert.Equal(IPAddress.Parse("fd00::1"), v6.ClusterIP);
        Assert.Equal([IPAddress.Parse("2001:db8::1")], v6.ExternalIPs);
        Assert.Equal(IPAddress.Parse("10.96.0.1"), Assert.Single(services.Read(service)).ClusterIP);
    }

    [Theory]
    [InlineData("ClusterIP", "Local", 30999, false, 0)]
    [InlineData("NodePort", "Local", 30999, true, 0)]
    [InlineData("LoadBalancer", "Local", 30999, true, 30999)]
    [InlineData("LoadBalancer", "Cluster", 30999, false, 0)]
    public void Health_checks_belong_to_balanced_services_of_policy_Local(string type, string policy, int asked, bool local, int port)
    {
        var read = Assert.Single(services.Read(Given.Service("a", "10.96.0.1", spec => spec with { Type = type, ExternalTrafficPolicy = policy, HealthCheckNodePort = asked })));

        Assert.Equal(local, read.ExternalLocal);
        Assert.Equal(port, read.HealthCheckNodePort);
    }

    [Fact]
    public void An_unknown_way_of_balancing_falls_back_to_the_clusters()
    {
        var service = Given.Service("a", "10.96.0.1");
        service = service with { Metadata = service.Metadata with { Annotations = new Dictionary<string, string> { ["minik8s.io/balancing"] = "fastest" } } };

        Assert.Equal(Balancing.RoundRobin, Assert.Single(new ServiceReader(IpFamily.V4, Balancing.RoundRobin).Read(service)).Balancing);
    }

    [Fact]
    public void Equal_services_read_twice_are_equal()
    {
        Service Make() => Given.Service("a", "10.96.0.1", spec => spec with { ExternalIPs = ["192.0.2.1"], LoadBalancerSourceRanges = ["203.0.113.0/24"] });

        Assert.Equal(services.Read(Make()), services.Read(Make()));
    }

    [Theory]
    [InlineData("010.096.000.001", "10.96.0.1")]
    [InlineData("10.96.0.1", "10.96.0.1")]
    [InlineData("10.96.1", null)]
    [InlineData("0x0a.1.1.1", null)]
    [InlineData("fd00::1", null)]
    [InlineData("", null)]
    public void Addresses_are_read_into_one_form(string text, string? expected) =>
        Assert.Equal(expected, IpFamily.V4.TryParse(text, out IPAddress address) ? address.ToString() : null);

    [Theory]
    [InlineData(" 203.0.113.77/24 ", "203.0.113.0/24")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("203.0.113.0", null)]
    [InlineData("203.0.113.0/33", null)]
    [InlineData("2001:db8::/64", null)]
    public void Blocks_are_read_without_blanks_and_host_bits(string text, string? expected) =>
        Assert.Equal(expected, IpFamily.V4.TryParse(text, out IPNetwork block) ? block.ToString() : null);

    [Fact]
    public void A_slice_of_the_other_family_or_of_no_service_is_nobodys()
    {
        var reader = new SliceReader(IpFamily.V4, Given.NodeName);
        var slice = Given.Slice("web", Given.Local("10.244.1.1"));

        Assert.Null(reader.ServiceOf(slice with { AddressType = "IPv6" }));
        Assert.Null(reader.ServiceOf(slice with { Metadata = slice.Metadata with { Labels = new Dictionary<string, string>() } }));
        Assert.Equal("shop/web", reader.ServiceOf(slice).ToString());
    }

    [Fact]
    public void Missing_conditions_mean_ready_and_serving()
    {
        var slice = Given.Slice("web", new Endpoint { Addresses = ["010.244.1.1"] }, new Endpoint { Addresses = ["no address"] });

        var endpoint = Assert.Single(new SliceReader(IpFamily.V4, Given.NodeName).Read(slice).Ports[0].Endpoints);

        Assert.True(endpoint is { IsReady: true, IsServing: true, IsTerminating: false, IsLocal: false });
        Assert.Equal("10.244.1.1:8080", endpoint.Text);
    }

    [Fact]
    public void Node_ports_never_answer_on_loopback_even_when_a_block_covers_it()
    {
        var chosen = NodePortAddresses.Choose(
            [IPAddress.Parse("127.0.0.1"), IPAddress.Parse("10.0.0.2"), IPAddress.Parse("192.168.1.1")],
            [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8")]);

        Assert.Equal([IPAddress.Parse("10.0.0.2")], chosen);
        Assert.Null(new NodePortAddresses([]).Read(IpFamily.V4));
    }
}
