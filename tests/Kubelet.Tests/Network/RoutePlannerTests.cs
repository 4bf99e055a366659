using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Kubelet.Network;

namespace MiniK8s.Kubelet.Tests.Network;

public class RoutePlannerTests
{
    [Fact]
    public void Each_other_node_that_can_be_reached_gets_a_route() =>
        Assert.Equal(
            new Dictionary<string, string> { ["10.244.1.0/24"] = "192.0.2.2", ["10.244.3.0/24"] = "192.0.2.4" },
            RoutePlanner.Plan("n1",
            [
                Node("n1", "10.244.0.0/24", "192.0.2.1"), Node("n2", "10.244.1.0/24", "192.0.2.2"), Node("n3", "", "192.0.2.3"),
                Node("n4", "10.244.3.0/24", "192.0.2.4"), Node("n5", "10.244.4.0/24", null),
            ]));

    [Theory]
    [InlineData("10.244.1.0/24", "dev lo")]
    [InlineData("10.244.1.0/24", "-force")]
    [InlineData("default", "192.0.2.2")]
    [InlineData("--help", "192.0.2.2")]
    public void What_is_no_subnet_or_no_address_makes_no_route(string subnet, string address) =>
        Assert.Empty(RoutePlanner.Plan("n1", [Node("n2", subnet, address)]));

    [Fact]
    public void Routes_of_the_kernel_are_read_back() =>
        Assert.Equal(
            new Dictionary<string, string> { ["10.244.1.0/24"] = "192.0.2.2", ["10.244.2.0/24"] = "" },
            RouteTable.Parse("10.244.1.0/24 via 192.0.2.2 dev eth0 \n10.244.2.0/24 dev eth0 scope link \n"));

    private static Node Node(string name, string subnet, string? address) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        Spec = new NodeSpec { PodCIDR = subnet },
        Status = new NodeStatus { Addresses = address is null ? [] : [new NodeAddress { Type = "Hostname", Address = name }, new NodeAddress { Type = "InternalIP", Address = address }] },
    };
}
