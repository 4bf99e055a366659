using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>
/// Two nodes and an outside host; three pods on the first node, one on the second; a naming server in each pod but the client; and
/// the proxy's own process in the first node, fed by a <see cref="FakeApi"/>.
/// </summary>
internal sealed class ProxyNetwork : IAsyncDisposable
{
    public const int ServerPort = 8080;
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "MiniK8s.Proxy.dll");
    private readonly List<IDisposable> owned = [];
    private readonly TestFolder folder = TestFolder.Create();
    private readonly string variant;
    private TestNetwork network = null!;
    private ChildProcess? proxy;

    private ProxyNetwork(string variant) => this.variant = variant;

    /// <summary>Why this machine cannot do it; null when it can.</summary>
    public static string? SkipReason => TestNetwork.SkipReason ?? Tools.SkipReason("iptables-nft", "iptables-legacy", "conntrack");

    public FakeApi Api { get; private set; } = null!;

    public TestHost Node { get; private set; } = null!;

    public TestHost OtherNode { get; private set; } = null!;

    public TestHost Outside { get; private set; } = null!;

    public Pod Client { get; private set; } = null!;

    public Pod One { get; private set; } = null!;

    public Pod Two { get; private set; } = null!;

    public Pod Far { get; private set; } = null!;

    /// <summary>What the running proxy logged.</summary>
    public string ProxyLog => proxy?.Error ?? "";

    /// <summary>Makes the network, without a proxy.</summary>
    public static async Task<ProxyNetwork> CreateAsync(string variant)
    {
        var made = new ProxyNetwork(variant);
        try
        {
            await made.BuildAsync();
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>The output of iptables-save in the first node.</summary>
    public Task<string> SaveAsync() => Node.Namespace.RunAsync([$"iptables-{variant}-save"]);

    /// <summary>Runs iptables in the first node.</summary>
    public Task IptablesAsync(params string[] arguments) => Node.Namespace.RunAsync([$"iptables-{variant}", .. arguments]);

    /// <summary>Gives the API a Service and its only slice.</summary>
    public void Put(Service service, params Endpoint[] endpoints)
    {
        Api.Put(service);
        var udp = service.Spec!.Ports[0].Protocol == "UDP";
        Api.Put(Given.SliceOf(service.Metadata.Name!, "1", [Given.SlicePort(service.Spec.Ports[0].Name, ServerPort, udp ? "UDP" : "TCP")], endpoints));
    }

    /// <summary>The endpoint of a pod, as the first node sees it.</summary>
    public Endpoint EndpointOf(Pod pod) => pod == Far ? Given.Remote($"{pod.Address}") : Given.Local($"{pod.Address}");

    /// <summary>Starts the proxy and waits until it has written its rules.</summary>
    public async Task StartProxyAsync(params string[] options)
    {
        await File.WriteAllTextAsync(folder["kubeconfig"], Api.Kubeconfig);
        string[] mode = options.Contains("--proxy-mode") ? [] : ["--proxy-mode", "iptables", "--iptables-variant", variant];
        string[] all =
        [
            Program, "--kubeconfig", folder["kubeconfig"], "--node-name", Given.NodeName, "--cluster-cidr", "10.244.0.0/16",
            "--metrics-bind-address", "127.0.0.1:10249", "-v", "4", .. mode, .. options,
        ];
        proxy = ChildProcess.Start("nsenter", [$"--net={Node.Namespace.FullPath}", "--", "dotnet", .. all]);
        await Eventually.TrueAsync(
            () => proxy.HasExited ? throw new InvalidOperationException(proxy.Error) : proxy.Error.Contains("all rules written", StringComparison.Ordinal),
            "the proxy writes its rules");
    }

    /// <summary>Kills the proxy as the kernel does when memory runs out.</summary>
    public async Task KillProxyAsync()
    {
        if (proxy is null) return;
        await proxy.KillAsync();
        await proxy.DisposeAsync();
        proxy = null;
    }

    /// <summary>Runs <c>--cleanup</c> in the node.</summary>
    public Task<string> CleanUpAsync() => Node.Namespace.RunAsync(["dotnet", Program, "--cleanup"]);

    /// <summary>Runs <c>--dry-run</c> in the node, and gives its exit code and all that it wrote.</summary>
    public async Task<(int Code, string Output)> DryRunAsync(params string[] options)
    {
        var result = await Node.Namespace.TryAsync(["dotnet", Program, "--dry-run", "--kubeconfig", folder["kubeconfig"], .. options]);
        return (result.ExitCode, result.Output + result.Error);
    }

    /// <summary>Waits until a question from a namespace is answered as wanted.</summary>
    public static async Task UntilAsync(Func<Task<string>> ask, Predicate<string> isWanted, string what)
    {
        var last = "";
        try
        {
            // Long: the full comparison that finds a missing jump keeps to half a percent of the time, and a loaded machine makes it slow.
            await Eventually.TrueAsync(async () => isWanted(last = await ask()), what, TimeSpan.FromSeconds(90));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}; last answer: {last}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillProxyAsync();
        owned.ForEach(item => item.Dispose());
        if (Api is not null) await Api.DisposeAsync();
        foreach (var pod in (Pod?[])[Client, One, Two, Far]) pod?.Dispose();
        if (network is not null) await network.DisposeAsync();
        folder.Dispose();
    }

    private async Task BuildAsync()
    {
        network = await TestNetwork.CreateAsync();
        Node = await network.AddNodeAsync("node1");
        OtherNode = await network.AddNodeAsync("node2");
        Outside = await network.AddHostAsync("outside");
        await Pod.AddBridgeAsync(Node);
        await Pod.AddBridgeAsync(OtherNode);
        Client = await Pod.CreateAsync(Node, "client", 9);
        One = await Pod.CreateAsync(Node, "one", 11);
        Two = await Pod.CreateAsync(Node, "two", 12);
        Far = await Pod.CreateAsync(OtherNode, "far", 13);
        foreach (var pod in (Pod[])[One, Two, Far]) owned.Add(NamingServer.Start(pod, ServerPort));
        Api = await FakeApi.StartAsync(Node.Namespace);
        Api.Put(Given.Node(address: $"{Node.Address}"));
    }
}
