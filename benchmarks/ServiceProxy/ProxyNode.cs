using System.Net;
using System.Net.Sockets;
using MiniK8s.Benchmarks.Cluster;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// A node for a proxy: a network namespace that leads nowhere, with an API server of its own (a process, TLS, memory as its store)
/// and two pods, each a namespace behind the node. Nobody but the benchmark writes to the API.
/// </summary>
internal sealed class ProxyNode : IAsyncDisposable
{
    /// <summary>The node's name.</summary>
    public const string NodeName = "node";

    /// <summary>Where pods live.</summary>
    public const string PodCidr = "10.244.0.0/16";

    private const int ApiPort = 6443;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly TestFolder folder = TestFolder.Create();
    private readonly List<NetworkNamespace> namespaces = [];
    private ChildProcess? server;

    private ProxyNode()
    {
    }

    /// <summary>The node's namespace.</summary>
    public NetworkNamespace Node { get; private set; } = null!;

    /// <summary>The pod that asks.</summary>
    public NetworkNamespace Client { get; private set; } = null!;

    /// <summary>The pod that answers.</summary>
    public NetworkNamespace Server { get; private set; } = null!;

    /// <summary>The address of <see cref="Server"/>.</summary>
    public static IPAddress ServerAddress { get; } = IPAddress.Parse("10.244.2.2");

    /// <summary>The admin's way to the API.</summary>
    public AdminHttp Api { get; private set; } = null!;

    /// <summary>The proxy's.</summary>
    public string Kubeconfig => folder["kubeconfig"];

    /// <summary>Makes the node, without a proxy.</summary>
    /// <param name="store">The API server's store: <c>memory</c> or <c>sqlite</c>.</param>
    public static async Task<ProxyNode> StartAsync(string store = "memory")
    {
        if (NetworkNamespace.SkipReason is { } reason) throw new InvalidOperationException(reason);
        var made = new ProxyNode();
        try
        {
            await made.ConnectAsync();
            await made.ServeAsync(store);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
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
    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        if (server is not null) await server.DisposeAsync();
        foreach (var item in namespaces) item.Dispose();
        folder.Dispose();
    }

    private async Task<NetworkNamespace> AddAsync(string label)
    {
        var added = await NetworkNamespace.CreateAsync(label);
        namespaces.Add(added);
        return added;
    }

    private async Task ConnectAsync()
    {
        Node = await AddAsync("node");
        // The node's own address, and a route for what no rule takes: as on a real node, unknown addresses are not refused at once.
        await Node.IpAsync("link add eth0 type bridge\naddr add 192.168.77.1/24 dev eth0\nlink set eth0 up\nroute add default via 192.168.77.254");
        Client = await AddPodAsync("client", 1);
        Server = await AddPodAsync("server", 2);
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

    private async Task ServeAsync(string store)
    {
        var command = Node.Enter(Programs.MiniK8s(
            "apiserver", "--data-dir", folder["data"], "--store", store, "--secure-port", $"{ApiPort}", "--bind-address", "127.0.0.1"));
        server = ChildProcess.Start(command[0], command.Skip(1));
        await TestKit.Eventually.TrueAsync(() => server.HasExited || File.Exists(Path.Combine(folder["data"], "pki", "ca.crt")), "the API server has a certificate", StartLimit);
        if (server.HasExited) throw new InvalidOperationException($"the API server ended with {server.ExitCode}: {server.Error}{server.Output}");
        Api = await AdminHttp.ConnectAsync(folder["data"], ApiPort, Node);
        await Command.RunAsync(Programs.MiniK8s("kubeconfig", "proxy", "--data-dir", folder["data"], "--server", $"https://127.0.0.1:{ApiPort}", "--output", Kubeconfig));
        await Api.CreateAsync("/api/v1/nodes", WorldObjects.Node());
    }
}
