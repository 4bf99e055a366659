using MiniK8s.TestKit;
using MiniK8s.TestKit.Docker;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.E2E.Tests.Clusters;

/// <summary><c>minik8s up</c> on a machine of a test network, and a second machine outside the cluster.</summary>
internal sealed class SingleNodeCluster : IAsyncDisposable
{
    private readonly TestNetwork network;
    private ChildProcess up;

    private SingleNodeCluster(TestNetwork network, NodeMachine node, TestHost outside, ChildProcess up) => (this.network, Node, Outside, this.up) = (network, node, outside, up);

    /// <summary>The machine that runs everything.</summary>
    public NodeMachine Node { get; }

    /// <summary>A machine that is no node.</summary>
    public TestHost Outside { get; }

    /// <summary>Why this machine cannot run such a cluster; null when it can.</summary>
    public static string? SkipReason => DockerEngine.SkipReason;

    /// <summary>What the process has printed.</summary>
    public string Output => up.Output;

    /// <summary>Starts a cluster and returns when it says that it is ready.</summary>
    public static async Task<SingleNodeCluster> UpAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        var network = await TestNetwork.CreateAsync(cancellationToken);
        NodeMachine? node = null;
        try
        {
            node = await NodeMachine.StartAsync(network, "node", cancellationToken);
            var outside = await network.AddHostAsync("outside", cancellationToken);
            var cluster = new SingleNodeCluster(network, node, outside, StartUp(node, arguments));
            await cluster.WaitUntilReadyAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            if (node is not null) await node.DisposeAsync();
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the process as kill -9 does, and starts it again on its data.</summary>
    public async Task KillAndRestartAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        await up.KillAsync();
        await up.DisposeAsync();
        up = StartUp(Node, arguments);
        await WaitUntilReadyAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Shown by the runner only where the test has failed.
        if (TestContext.Current.TestOutputHelper is { } report) await ReportAsync(report);
        await up.DisposeAsync();
        await Node.DisposeAsync();
        await network.DisposeAsync();
    }

    private async Task ReportAsync(ITestOutputHelper report)
    {
        var state = await Node.RunAsync(["kubectl", "--kubeconfig", Node.AdminKubeconfig, "get", "nodes,pods,services,endpointslices,events", "-A", "-o", "wide"], CancellationToken.None);
        report.WriteLine(state.Output + state.Error);
        report.WriteLine(up.Output);
        report.WriteLine(up.Error.Length > 8000 ? up.Error[^8000..] : up.Error);
    }

    private static ChildProcess StartUp(NodeMachine node, IReadOnlyList<string> arguments) => node.Start([
        "up", "--data-dir", node.DataDirectory, "--docker-host", node.Engine.Address.ToString(), "--node-name", "node", "--node-ip", node.Host.Address.ToString(), "-v", "2", .. arguments,
    ]);

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        await Eventually.TrueAsync(() => up.HasExited || up.Output.Contains("Ctrl+C", StringComparison.Ordinal), "`minik8s up` is ready", TimeSpan.FromMinutes(3), cancellationToken: cancellationToken);
        if (up.HasExited) throw new InvalidOperationException($"`minik8s up` ended with {up.ExitCode}:\n{up.Output}\n{up.Error}");
    }
}
