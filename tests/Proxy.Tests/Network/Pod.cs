using System.Net;
using System.Net.Sockets;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>A pod without containers: a namespace on the node's bridge, with an address of each family and a way to the node.</summary>
internal sealed record Pod(string Name, NetworkNamespace Namespace, IPAddress Address) : IDisposable
{
    public const string Bridge = "pods0";

    /// <summary>Its address of the other family.</summary>
    public string Address6 => $"{Prefix6(Address)}::{Address.GetAddressBytes()[3]}";

    /// <summary>Gives a node the bridge that its pods hang on.</summary>
    public static Task AddBridgeAsync(TestHost node) => node.Namespace.IpAsync(
        $"""
        link add {Bridge} type bridge
        addr add {node.PodGateway} dev {Bridge}
        addr add {Gateway6(node)}/64 dev {Bridge} nodad
        link set {Bridge} up
        """);

    /// <summary>A node's own address among its pods.</summary>
    public static string Gateway6(TestHost node) => $"{Prefix6(node.PodSubnet!.Value.BaseAddress)}::1";

    /// <summary>The block of a node's pods.</summary>
    public static string Subnet6(TestHost node) => $"{Prefix6(node.PodSubnet!.Value.BaseAddress)}::/64";

    /// <summary>Adds a pod to a node, with this last part of its address.</summary>
    public static async Task<Pod> CreateAsync(TestHost node, string name, int number)
    {
        var subnet = node.PodSubnet!.Value.BaseAddress.GetAddressBytes();
        var pod = new Pod(name, await NetworkNamespace.CreateAsync(name), new IPAddress([subnet[0], subnet[1], subnet[2], (byte)number]));
        await pod.Namespace.IpAsync(
            $"""
            link add eth0 type veth peer name pod{number} netns {node.Namespace.Name}
            addr add {pod.Address}/24 dev eth0
            addr add {pod.Address6}/64 dev eth0 nodad
            link set eth0 up
            route add default via {node.PodGateway!.Split('/')[0]}
            route add default via {Gateway6(node)}
            """);
        await node.Namespace.IpAsync($"link set pod{number} master {Bridge} up");
        // A pod that reaches itself gets its own packet back through the port that it sent it by.
        await node.Namespace.RunAsync(["ip", "link", "set", "dev", $"pod{number}", "type", "bridge_slave", "hairpin", "on"]);
        return pod;
    }

    /// <summary>Gives the pod further addresses, from this last part on.</summary>
    public Task AddAddressesAsync(int first, int count) =>
        Namespace.IpAsync(string.Concat(Enumerable.Range(first, count).Select(number => $"addr add {Sibling(number)}/32 dev eth0\n")));

    /// <summary>An address of its subnet.</summary>
    public string Sibling(int number)
    {
        var bytes = Address.GetAddressBytes();
        bytes[3] = (byte)number;
        return $"{new IPAddress(bytes)}";
    }

    public Socket Socket(SocketType type, AddressFamily family = AddressFamily.InterNetwork) =>
        Namespace.CreateSocket(family, type, type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp);

    public void Dispose() => Namespace.Dispose();

    private static string Prefix6(IPAddress address) => $"fd00:10:244:{address.GetAddressBytes()[2]}";
}
