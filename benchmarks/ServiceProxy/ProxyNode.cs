using MiniK8s.Benchmarks.Cluster;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// A node for a proxy, with two pods and an API server of its own: a process in the node's namespace, over TLS. Nobody but the
/// benchmark writes to the API.
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
    private readonly PodPair pods;
    private ChildProcess? server;

    private ProxyNode(PodPair pods) => this.pods = pods;

    /// <summary>Node and pods.</summary>
    public PodPair Pods => pods;

    /// <summary>The node's namespace.</summary>
    public NetworkNamespace Node => pods.Node;

    /// <summary>The admin's way to the API.</summary>
    public AdminHttp Api { get; private set; } = null!;

    /// <summary>The proxy's.</summary>
    public string Kubeconfig => folder["kubeconfig"];

    /// <summary>Makes the node, without a proxy.</summary>
    /// <param name="store">The API server's store: <c>memory</c> or <c>sqlite</c>.</param>
    public static async Task<ProxyNode> StartAsync(string store = "memory")
    {
        var made = new ProxyNode(await PodPair.CreateAsync());
        try
        {
            await made.ServeAsync(store);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        if (server is not null) await server.DisposeAsync();
        pods.Dispose();
        folder.Dispose();
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
