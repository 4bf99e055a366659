using System.Net;
using System.Net.Sockets;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>A pod without containers: a namespace on the node's bridge, with one address and a way to the node.</summary>
internal sealed record Pod(string Name, NetworkNamespace Namespace, IPAddress Address) : IDisposable
{
    private const string Bridge = "pods0";

    /// <summary>Gives a node the bridge that its pods hang on.</summary>
    public static Task AddBridgeAsync(TestHost node) => node.Namespace.IpAsync(
        $"""
        link add {Bridge} type bridge
        addr add {node.PodGateway} dev {Bridge}
        link set {Bridge} up
        """);

    /// <summary>Adds a pod to a node, with this last part of its address.</summary>
    public static async Task<Pod> CreateAsync(TestHost node, string name, int number)
    {
        var subnet = node.PodSubnet!.Value.BaseAddress.GetAddressBytes();
        var address = new IPAddress([subnet[0], subnet[1], subnet[2], (byte)number]);
        var inside = await NetworkNamespace.CreateAsync(name);
        await inside.IpAsync(
            $"""
            link add eth0 type veth peer name pod{number} netns {node.Namespace.Name}
            addr add {address}/24 dev eth0
            link set eth0 up
            route add default via {node.PodGateway!.Split('/')[0]}
            """);
        await node.Namespace.IpAsync($"link set pod{number} master {Bridge} up");
        // A pod that reaches itself gets its own packet back through the port that it sent it by.
        await node.Namespace.RunAsync(["ip", "link", "set", "dev", $"pod{number}", "type", "bridge_slave", "hairpin", "on"]);
        return new Pod(name, inside, address);
    }

    public Socket Socket(SocketType type) =>
        Namespace.CreateSocket(AddressFamily.InterNetwork, type, type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp);

    public void Dispose() => Namespace.Dispose();
}
