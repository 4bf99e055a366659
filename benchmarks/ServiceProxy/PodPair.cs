using System.Net;
using System.Net.Sockets;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>A node and two pods, each a network namespace; the pods reach each other through the node, and nobody reaches anything else.</summary>
internal sealed class PodPair : IDisposable
{
    private readonly List<NetworkNamespace> namespaces = [];

    private PodPair()
    {
    }

    /// <summary>The address of <see cref="Server"/>.</summary>
    public static IPAddress ServerAddress { get; } = IPAddress.Parse("10.244.2.2");

    /// <summary>The node.</summary>
    public NetworkNamespace Node { get; private set; } = null!;

    /// <summary>The pod that asks.</summary>
    public NetworkNamespace Client { get; private set; } = null!;

    /// <summary>The pod that answers.</summary>
    public NetworkNamespace Server { get; private set; } = null!;

    /// <summary>Makes the three.</summary>
    public static async Task<PodPair> CreateAsync()
    {
        if (NetworkNamespace.SkipReason is { } reason) throw new InvalidOperationException(reason);
        var made = new PodPair();
        try
        {
            made.Node = await made.AddAsync("node");
            // The node's own address, and a route for what no rule takes: as on a real node, unknown addresses are not refused at once.
            await made.Node.IpAsync("link add eth0 type bridge\naddr add 192.168.77.1/24 dev eth0\nlink set eth0 up\nroute add default via 192.168.77.254");
            // Refusals are counted on: the kernel would send one a second.
            await made.Node.RunAsync(["sysctl", "-q", "-w", "net.ipv4.icmp_ratelimit=0"]);
            made.Client = await made.AddPodAsync("client", 1);
            made.Server = await made.AddPodAsync("server", 2);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>A listener in the answering pod.</summary>
    public Socket Listen(int port)
    {
        var listener = Server.CreateSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Any, port));
        listener.Listen(1024);
        return listener;
    }

    /// <inheritdoc/>
    public void Dispose() => namespaces.ForEach(item => item.Dispose());

    private async Task<NetworkNamespace> AddAsync(string label)
    {
        var added = await NetworkNamespace.CreateAsync(label);
        namespaces.Add(added);
        return added;
    }

    private async Task<NetworkNamespace> AddPodAsync(string label, int number)
    {
        var pod = await AddAsync(label);
        await pod.IpAsync(
            $"""
            link add eth0 type veth peer name pod{number} netns {Node.Name}
            addr add 10.244.{number}.2/24 dev eth0
            link set eth0 up
            route add default via 10.244.{number}.1
            """);
        await Node.IpAsync($"addr add 10.244.{number}.1/24 dev pod{number}\nlink set pod{number} up");
        return pod;
    }
}
