using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;
using EndpointPort = MiniK8s.Api.Discovery.V1.EndpointPort;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>
/// Two nodes and an outside host; three pods on the first node, two on the second; a naming server in each pod that is an
/// endpoint; and the proxy's own process in the first node, fed by a <see cref="FakeApi"/>. Packets for Service addresses find
/// their way to the first node from everywhere.
/// </summary>
internal sealed class ProxyNetwork : IAsyncDisposable
{
    public const int ServerPort = 8080;

    /// <summary>A further port of the endpoint pods, whose server is called after both: <c>one-8081</c>.</summary>
    public const int OtherPort = 8081;

    /// <summary>The first node's second address on the segment.</summary>
    public const string SecondAddress = "192.168.77.201";

    public const string NodeAddress6 = "fd00:77::1";
    private const int FirstFurther = 101;
    private const string PodBlocksOption = "--cluster-cidr";
    private const string PodBlocks = "10.244.0.0/16,fd00:10:244::/48";
    private readonly List<IDisposable> owned = [];
    private readonly List<Pod> pods = [];
    private readonly TestFolder folder = TestFolder.Create();
    private TestNetwork network = null!;
    private ChildProcess? proxy;

    private ProxyNetwork(ProxyMode mode) => Mode = mode;

    public ProxyMode Mode { get; }

    public FakeApi Api { get; private set; } = null!;

    public TestHost Node { get; private set; } = null!;

    public TestHost OtherNode { get; private set; } = null!;

    public TestHost Outside { get; private set; } = null!;

    /// <summary>On the node, no endpoint of anything.</summary>
    public Pod Client { get; private set; } = null!;

    public Pod One { get; private set; } = null!;

    public Pod Two { get; private set; } = null!;

    /// <summary>On the other node.</summary>
    public Pod Far { get; private set; } = null!;

    /// <summary>On the other node, no endpoint of anything.</summary>
    public Pod FarClient { get; private set; } = null!;

    /// <summary>Further addresses of the client pod: many clients in one.</summary>
    public IReadOnlyList<string> ClientAddresses => [.. Enumerable.Range(FirstFurther, 16).Select(Client.Sibling)];

    /// <summary>Further addresses of the pod <c>one</c>, each of which can be an endpoint.</summary>
    public IReadOnlyList<string> FurtherEndpoints => [.. Enumerable.Range(FirstFurther + 50, 7).Select(One.Sibling)];

    /// <summary>Whom a pod of the node sees in place of a client that is masqueraded.</summary>
    public string Gateway => Node.PodGateway!.Split('/')[0];

    /// <summary>Whether the proxy ended by itself.</summary>
    public bool HasEnded => proxy is { HasExited: true };

    /// <summary>What the running proxy logged.</summary>
    public string ProxyLog => proxy?.Error ?? "";

    /// <summary>Makes the network, without a proxy.</summary>
    public static async Task<ProxyNetwork> CreateAsync(ProxyMode mode)
    {
        var made = new ProxyNetwork(mode);
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

    /// <summary>The proxy's rules in the first node, as the mode's tools print them.</summary>
    public async Task<string> SaveAsync()
    {
        var all = "";
        foreach (var command in Mode.Show)
        {
            var shown = await Node.Namespace.TryAsync(command);
            all += shown.Output;
        }
        return all;
    }

    /// <summary>Runs iptables in the first node, of the variant that the proxy uses, or that others use beside it.</summary>
    public Task IptablesAsync(params string[] arguments) => Node.Namespace.RunAsync([$"iptables-{Mode.Variant}", .. arguments]);

    /// <summary>Gives the API a Service and its only slice, whose ports are the server's.</summary>
    public void Put(Service service, params Endpoint[] endpoints) =>
        Put(service, [.. service.Spec!.Ports.Select(port => Given.SlicePort(port.Name, ServerPort, port.Protocol!))], endpoints);

    /// <summary>Gives the API a Service and its only slice.</summary>
    public void Put(Service service, IReadOnlyList<EndpointPort> ports, params Endpoint[] endpoints)
    {
        Api.Put(service);
        Api.Put(Given.SliceOf(service.Metadata.Name!, "1", ports, endpoints));
    }

    /// <summary>The endpoint of a pod, as the first node sees it.</summary>
    public Endpoint EndpointOf(Pod pod) => pods.IndexOf(pod) < 3 ? Given.Local($"{pod.Address}") : Given.Remote($"{pod.Address}");

    /// <summary>Starts the proxy and waits until it has written its rules. An option that is given here replaces the usual one.</summary>
    public async Task StartProxyAsync(params string[] options)
    {
        await LaunchProxyAsync(options);
        if (KubeProxy.File is not null) return;
        var blocks = options.SkipWhile(option => option != PodBlocksOption).ElementAtOrDefault(1) ?? PodBlocks;
        string[] families = blocks.Contains(':', StringComparison.Ordinal) ? ["IPv4", "IPv6"] : ["IPv4"];
        await Eventually.TrueAsync(
            () => HasEnded || families.All(family => ProxyLog.Contains($"{family}: all rules written", StringComparison.Ordinal)),
            "the proxy writes its rules",
            TimeSpan.FromSeconds(60));
        MustRun();
    }

    /// <summary>Makes sure that the proxy runs: nothing need be waited for any more when it has ended.</summary>
    /// <exception cref="InvalidOperationException">It ended by itself.</exception>
    public void MustRun()
    {
        if (HasEnded) throw new InvalidOperationException($"the proxy ended with {proxy!.ExitCode}: {proxy.Output}{proxy.Error}");
    }

    /// <summary>Starts the proxy and waits for nothing.</summary>
    public async Task LaunchProxyAsync(params string[] options)
    {
        await File.WriteAllTextAsync(folder["kubeconfig"], Api.Kubeconfig);
        var command = KubeProxy.File is { } kubeProxy ? KubeProxy.Command(kubeProxy, folder["kubeconfig"], Mode.Program, PodBlocks) : CommandOf(options);
        proxy = ChildProcess.Start("nsenter", [$"--net={Node.Namespace.FullPath}", "--", .. command]);
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
    public Task<string> CleanUpAsync() => Node.Namespace.RunAsync([.. BuiltProxy.Command, "--cleanup"], timeout: TimeSpan.FromSeconds(60));

    /// <summary>Runs <c>--dry-run</c> in the node, and gives its exit code and all that it wrote.</summary>
    public async Task<(int Code, string Output)> DryRunAsync(params string[] options)
    {
        var result = await Node.Namespace.TryAsync([.. BuiltProxy.Command, "--dry-run", "--kubeconfig", folder["kubeconfig"], .. options]);
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
        pods.ForEach(pod => pod.Dispose());
        if (network is not null) await network.DisposeAsync();
        folder.Dispose();
    }

    private string[] CommandOf(string[] options)
    {
        string[] usual = [PodBlocksOption, PodBlocks, "--metrics-bind-address", "127.0.0.1:10249", "-v", "4", .. Mode.Options];
        var kept = usual.Chunk(2).Where(option => !options.Contains(option[0])).SelectMany(option => option);
        return [.. BuiltProxy.Command, "--kubeconfig", folder["kubeconfig"], "--node-name", Given.NodeName, .. kept, .. options];
    }

    private async Task BuildAsync()
    {
        network = await TestNetwork.CreateAsync();
        Node = await network.AddNodeAsync("node1");
        OtherNode = await network.AddNodeAsync("node2");
        Outside = await network.AddHostAsync("outside");
        // A kernel holds back refusals that follow each other closely, for the sake of those who are flooded with them.
        await Node.Namespace.RunAsync(["sysctl", "-q", "-w", "net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0"]);
        await ServiceRoutes.AddAsync(Node, OtherNode, Outside);
        await Pod.AddBridgeAsync(Node);
        await Pod.AddBridgeAsync(OtherNode);
        Client = await AddPodAsync(Node, "client", 9);
        One = await AddPodAsync(Node, "one", 11);
        Two = await AddPodAsync(Node, "two", 12);
        Far = await AddPodAsync(OtherNode, "far", 13);
        FarClient = await AddPodAsync(OtherNode, "farclient", 14);
        await Client.AddAddressesAsync(FirstFurther, 16);
        await One.AddAddressesAsync(FirstFurther + 50, 7);
        foreach (var pod in (Pod[])[One, Two, Far])
        {
            owned.Add(NamingServer.Start(pod, ServerPort));
            owned.Add(NamingServer.Start(pod, OtherPort, $"{pod.Name}-{OtherPort}"));
            owned.Add(SctpServer.Start(pod));
        }
        Api = await FakeApi.StartAsync(Node.Namespace);
        Api.Put(NodeObject());
    }

    /// <summary>The first node as the API knows it.</summary>
    public Node NodeObject(string? zone = "here")
    {
        var node = Given.Node(zone, $"{Node.Address}");
        return node with { Status = node.Status! with { Addresses = [.. node.Status.Addresses, new NodeAddress { Type = "InternalIP", Address = NodeAddress6 }] } };
    }

    private async Task<Pod> AddPodAsync(TestHost node, string name, int number)
    {
        var pod = await Pod.CreateAsync(node, name, number);
        pods.Add(pod);
        return pod;
    }
}
