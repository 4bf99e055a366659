using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>
/// What a router in front of a cluster does: packets for Service addresses go to the first node. And the other family on the
/// segment, which a <see cref="TestNetwork"/> does not have.
/// </summary>
internal static class ServiceRoutes
{
    private static readonly string[] Blocks = ["10.96.0.0/16", "203.0.113.0/24", "198.51.100.0/24"];

    /// <summary>The outside host's second address, for a client that is not on a list.</summary>
    public const string SecondOutside = "192.168.77.203";

    public static async Task AddAsync(TestHost node, TestHost otherNode, TestHost outside)
    {
        foreach (var host in (TestHost[])[node, otherNode, outside])
        {
            await host.Namespace.RunAsync(["sysctl", "-q", "-w", "net.ipv6.conf.all.forwarding=1"]);
            await host.Namespace.IpAsync($"addr add fd00:77::{host.Address.GetAddressBytes()[3]}/64 dev eth0 nodad\n");
        }
        foreach (var host in (TestHost[])[otherNode, outside])
        {
            await host.Namespace.IpAsync(string.Concat(Blocks.Select(block => $"route add {block} via {node.Address}\n")));
            await host.Namespace.IpAsync(
                $"""
                route add fd00:96::/112 via {ProxyNetwork.NodeAddress6}
                route add {Pod.Subnet6(node)} via {ProxyNetwork.NodeAddress6}
                """);
        }
        await node.Namespace.IpAsync(
            $"""
            addr add {ProxyNetwork.SecondAddress}/24 dev eth0
            route add {Pod.Subnet6(otherNode)} via fd00:77::2
            route add default via fd00:77::fe
            """);
        await outside.Namespace.IpAsync($"addr add {SecondOutside}/24 dev eth0\n");
    }
}
