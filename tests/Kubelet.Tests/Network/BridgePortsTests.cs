using System.Text.Json;
using MiniK8s.Kubelet.Network;

namespace MiniK8s.Kubelet.Tests.Network;

public class BridgePortsTests
{
    private const string Links = """
        [{"ifindex":6,"link":"if5","ifname":"veth1","master":"minik8s0","state":"forwarding","hairpin":true},
         {"ifindex":8,"link":"if7","ifname":"veth2","master":"minik8s0","state":"forwarding","hairpin":false},
         {"ifindex":9,"ifname":"veth3","master":"minik8s0"},
         {"ifindex":10,"ifname":"veth4","master":"docker0","hairpin":false},
         {"ifindex":11,"ifname":"minik8s0","hairpin":false}]
        """;

    [Fact]
    public void Ports_of_the_pods_bridge_that_are_closed_are_found() => Assert.Equal(["veth2", "veth3"], BridgePorts.Closed(Links, "minik8s0"));

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    public void Without_bridges_there_are_none(string output) => Assert.Empty(BridgePorts.Closed(output, "minik8s0"));

    [Theory]
    [InlineData("{}")]
    [InlineData("8: veth2@if7: <BROADCAST>")]
    public void What_is_no_list_is_refused(string output) => Assert.ThrowsAny<JsonException>(() => BridgePorts.Closed(output, "minik8s0"));
}
