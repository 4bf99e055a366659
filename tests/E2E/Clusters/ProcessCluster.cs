using MiniK8s.TestKit;
using MiniK8s.TestKit.Docker;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;
using MiniK8s.TestKit.Servers;

namespace MiniK8s.E2E.Tests.Clusters;

/// <summary>
/// Every part its own process: etcd, Kafka, API server and controller manager on one machine, kubelet and proxy on another, with TLS
/// between them. Each part can be killed as by kill -9 and started again.
/// </summary>
internal sealed class ProcessCluster : IAsyncDisposable
{
    private readonly TestFolder folder = TestFolder.Create();
    private readonly TestNetwork network;
    private readonly Dictionary<string, ChildProcess> parts = [];

    private ProcessCluster(TestNetwork network, TestHost control, NodeMachine node) => (this.network, Control, Node) = (network, control, node);

    /// <summary>The names of the parts that can be killed, Kafka aside.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["apiserver", "controller-manager", "kubelet", "proxy"];

    /// <summary>Why this machine cannot run such a cluster; null when it can.</summary>
    public static string? SkipReason => DockerEngine.SkipReason ?? EtcdServer.SkipReason ?? KafkaBroker.SkipReason
        ?? (KafkaBroker.CanBePlaced ? null : "no Kafka broker can be started inside a network namespace: the script shared/kafka is not beside the repository");

    /// <summary>The machine of the control plane.</summary>
    public TestHost Control { get; }

    /// <summary>The machine that runs pods.</summary>
    public NodeMachine Node { get; }

    /// <summary>The broker.</summary>
    public KafkaBroker Kafka { get; private set; } = null!;

    /// <summary>The API server's address.</summary>
    public string Server => $"https://{Control.Address}:6443";

    /// <summary>The data directory of the API server.</summary>
    public string DataDirectory => folder["control"];

    /// <summary>Starts everything and returns when the node is ready.</summary>
    public static async Task<ProcessCluster> StartAsync(CancellationToken cancellationToken)
    {
        var network = await TestNetwork.CreateAsync(cancellationToken);
        ProcessCluster? cluster = null;
        try
        {
            var control = await network.AddHostAsync("control", cancellationToken);
            cluster = new ProcessCluster(network, control, await NodeMachine.StartAsync(network, "node", cancellationToken));
            await cluster.StartAllAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            if (cluster is not null) await cluster.DisposeAsync();
            else await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills a part as kill -9 does, and starts it again.</summary>
    public async Task KillAndRestartAsync(string part)
    {
        await parts[part].KillAsync();
        await parts[part].DisposeAsync();
        Start(part);
    }

    /// <summary>Runs the project's kubectl as admin on the control plane's machine; it must succeed.</summary>
    public async Task<string> KubectlAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        (await Control.Namespace.TryAsync(Programs.MiniK8s(["kubectl", "--kubeconfig", Path.Combine(DataDirectory, "admin.kubeconfig"), .. arguments]), timeout: TimeSpan.FromMinutes(2), cancellationToken: cancellationToken)).OutputOrThrow();

    /// <summary>Reads keys from etcd with its own client.</summary>
    public Task<string> EtcdctlAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        Command.RunAsync(["env", "ETCDCTL_API=3", .. Control.Namespace.Enter(["etcdctl", "--endpoints", "http://127.0.0.1:2379", .. arguments])], cancellationToken: cancellationToken);

    /// <summary>An admin's bearer token.</summary>
    public async Task<string> TokenAsync(CancellationToken cancellationToken) =>
        (await Control.Namespace.TryAsync(Programs.MiniK8s(["token", "--data-dir", DataDirectory]), cancellationToken: cancellationToken)).OutputOrThrow().Trim();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Shown by the runner only where the test has failed.
        if (TestContext.Current.TestOutputHelper is { } report)
        {
            foreach (var (name, process) in parts) report.WriteLine($"--- {name}\n{process.Output}{(process.Error.Length > 4000 ? process.Error[^4000..] : process.Error)}");
        }

        foreach (var process in parts.Values) await process.DisposeAsync();
        if (Kafka is not null) await Kafka.DisposeAsync();
        await Node.DisposeAsync();
        await network.DisposeAsync();
        folder.Dispose();
    }

    private async Task StartAllAsync(CancellationToken cancellationToken)
    {
        Kafka = await KafkaBroker.StartInsideAsync(Control.Namespace, Control.Address, cancellationToken);
        var etcd = Control.Namespace.Enter(["etcd", "--data-dir", folder["etcd"], "--listen-client-urls", "http://127.0.0.1:2379", "--advertise-client-urls", "http://127.0.0.1:2379", "--log-level", "error"]);
        parts["etcd"] = ChildProcess.Start(etcd[0], etcd.Skip(1));
        Start("apiserver");
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(DataDirectory, "admin.kubeconfig")), "the API server has written the admin's kubeconfig", TimeSpan.FromSeconds(60), cancellationToken: cancellationToken);
        foreach (var (part, identity) in new[] { ("controller-manager", "controller-manager"), ("kubelet", "node:node"), ("proxy", "proxy") })
        {
            (await Control.Namespace.TryAsync(Programs.MiniK8s(["kubeconfig", identity, "--data-dir", DataDirectory, "--server", Server, "-o", folder[$"{part}.kubeconfig"]]), cancellationToken: cancellationToken)).OutputOrThrow();
            Start(part);
        }

        await Eventually.TrueAsync(
            async () => (await KubectlAsync(cancellationToken, "get", "nodes")).Contains(" Ready", StringComparison.Ordinal),
            "the node is ready",
            TimeSpan.FromSeconds(60),
            cancellationToken: cancellationToken);
    }

    private void Start(string part)
    {
        string[] kafka = ["--kafka-bootstrap-servers", Kafka.BootstrapServers];
        string[] kubeconfig = ["--kubeconfig", folder[$"{part}.kubeconfig"]];
        string[] arguments = part switch
        {
            "apiserver" => ["--data-dir", DataDirectory, "--etcd-servers", "http://127.0.0.1:2379", "--advertise-address", Control.Address.ToString(), .. kafka],
            "controller-manager" => [.. kubeconfig, .. kafka, "--cluster-cidr", "10.244.0.0/16"],
            "kubelet" => [.. kubeconfig, .. kafka, "--node-name", "node", "--node-ip", Node.Host.Address.ToString(), "--docker-host", Node.Engine.Address.ToString(), "--data-dir", Node.DataDirectory],
            _ => [.. kubeconfig, .. kafka, "--node-name", "node", "--cluster-cidr", "10.244.0.0/16"],
        };
        var host = part is "kubelet" or "proxy" ? Node.Host : Control;
        var command = host.Namespace.Enter(part == "proxy" ? [.. BuiltProxy.Command, .. arguments] : Programs.MiniK8s([part, .. arguments]));
        parts[part] = ChildProcess.Start(command[0], command.Skip(1));
    }
}
