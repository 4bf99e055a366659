using MiniK8s.Api.Core.V1;
using MiniK8s.ApiServer.Hosting;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.Client.Config;
using MiniK8s.Client.Rest;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;
using MiniK8s.TestKit.Docker;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Network;
using Microsoft.Extensions.Logging.Abstractions;

namespace MiniK8s.Kubelet.Tests.Live;

/// <summary>
/// A whole node: a network namespace without a way out, a real engine in it, a real API server in this process, and the kubelet as a
/// process of its own inside the namespace. All tests share it; each uses pod names of its own.
/// </summary>
public sealed class NodeFixture : IAsyncLifetime
{
    public const string Node = "node-1";
    public const string Address = "192.0.2.1";
    private const string Subnet = "10.244.7.0/24";

    private readonly MemoryStore store = new(TimeProvider.System);
    private NetworkNamespace? inside;
    private DockerEngine? engine;
    private DockerClient? docker;
    private ApiServerHost? server;
    private ApiClient? api;
    private LoopbackRelay? relay;
    private TestFolder? folder;
    private KubeletProcess? kubelet;
    private int count;

    /// <summary>The API; a test that asks for it skips where no engine can run.</summary>
    public IApiClient Api
    {
        get
        {
            Assert.SkipUnless(DockerEngine.SkipReason is null, DockerEngine.SkipReason ?? "");
            return api!;
        }
    }

    public DockerClient Docker => docker!;

    public DockerEngine Engine => engine!;

    public NetworkNamespace Namespace => inside!;

    public TestFolder Folder => folder!;

    internal KubeletProcess Kubelet => kubelet!;

    /// <summary>Where the kubelet keeps the pods' volumes.</summary>
    public string Volumes => Path.Combine(Folder["data"], "kubelet", Node, "pods");

    public async ValueTask InitializeAsync()
    {
        if (DockerEngine.SkipReason is not null) return;
        folder = TestFolder.Create();
        inside = await NetworkNamespace.CreateAsync("kubelet");
        await inside.IpAsync($"link add eth0 type bridge\naddr add {Address}/24 dev eth0\nlink set eth0 up");
        engine = await DockerEngine.StartAsync(inside, "10.245.0.1/24");
        docker = new DockerClient(engine.Address);
        await LocalImages.EnsureAsync(docker, LocalImages.Example);
        var options = new ApiServerOptions { SecurePort = null, InsecurePort = 0, DataDirectory = folder["api"] };
        server = await ApiServerHost.StartAsync(options, new ApiServerParts(), store, NullLoggerFactory.Instance, TimeProvider.System);
        api = new ApiClient(new ClientConfig { Server = server.InsecureUrl! }, TimeProvider.System);
        relay = RelayApi(0);
        await WriteKubeconfigAsync(folder["kubeconfig"], relay.Port);
        StartKubelet();
        await GiveSubnetAsync(Subnet);
        await Kubelet.WaitUntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (kubelet is not null) await kubelet.DisposeAsync();
        if (relay is not null) await relay.DisposeAsync();
        api?.Dispose();
        if (server is not null) await server.DisposeAsync();
        await store.DisposeAsync();
        docker?.Dispose();
        if (engine is not null) await engine.DisposeAsync();
        inside?.Dispose();
        folder?.Dispose();
    }

    /// <summary>A name that no other test has.</summary>
    public string NewName(string what) => $"{what}-{Interlocked.Increment(ref count)}";

    /// <summary>Starts the kubelet; one that ran must have ended.</summary>
    public void StartKubelet() => kubelet = KubeletProcess.Start(Namespace, new KubeletArguments(Node, Folder["kubeconfig"], Engine.Address, Folder["data"]));

    /// <summary>Ends the kubelet as kill -9 does, and starts another.</summary>
    public async Task ReplaceKubeletAsync()
    {
        await Kubelet.DisposeAsync();
        StartKubelet();
    }

    /// <summary>Makes the API answer on a port of the namespace's loopback; 0 for a free one.</summary>
    internal LoopbackRelay RelayApi(int port) => LoopbackRelay.Start(Namespace, port, server!.InsecureUrl!.Port);

    /// <summary>What the node controller does: gives the node its block of pod addresses, as soon as it is registered.</summary>
    public Task GiveSubnetAsync(string subnet) => Kubelet.WaitAsync(
        async () =>
        {
            var node = await Api.GetAsync<Node>(null, Node);
            await Api.UpdateAsync(node with { Spec = (node.Spec ?? new NodeSpec()) with { PodCIDR = subnet, PodCIDRs = [subnet] } });
            return true;
        },
        "the node is registered");

    /// <summary>Writes a kubeconfig for a port on loopback.</summary>
    internal static Task WriteKubeconfigAsync(string path, int port) => File.WriteAllTextAsync(
        path,
        $"""
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{"{"}name: test, cluster: {"{"}server: "http://127.0.0.1:{port}"{"}"}{"}"}]
        contexts: [{"{"}name: test, context: {"{"}cluster: test, user: test{"}"}{"}"}]
        users: [{"{"}name: test, user: {"{"}{"}"}{"}"}]
        """);
}

[CollectionDefinition(nameof(NodeTests))]
public sealed class NodeTests : ICollectionFixture<NodeFixture>;
