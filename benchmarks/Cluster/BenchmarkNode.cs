using System.Diagnostics;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Docker;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Benchmarks.Cluster;

/// <summary>A machine for one benchmark: a network namespace that leads nowhere, and a Docker engine of its own in it.</summary>
internal sealed class BenchmarkNode : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(2);

    private readonly TestFolder folder = TestFolder.Create();
    private readonly TestNetwork network;
    private readonly DockerEngine engine;

    private BenchmarkNode(TestNetwork network, TestHost host, DockerEngine engine) => (this.network, Host, this.engine) = (network, host, engine);

    /// <summary>Its place on the network.</summary>
    public TestHost Host { get; }

    /// <summary>The data directory of the cluster; it is new for each one that starts.</summary>
    public string DataDirectory { get; private set; } = "";

    /// <summary>Makes the machine.</summary>
    /// <exception cref="InvalidOperationException">This machine cannot run engines of its own; the message says why.</exception>
    public static async Task<BenchmarkNode> StartAsync()
    {
        if (DockerEngine.SkipReason is { } reason) throw new InvalidOperationException(reason);
        var network = await TestNetwork.CreateAsync();
        try
        {
            var host = await network.AddHostAsync("node");
            return new BenchmarkNode(network, host, await DockerEngine.StartAsync(host.Namespace, "172.30.1.1/24"));
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a cluster and returns when it says that it is ready.</summary>
    /// <returns>The process, and how long it took from its start.</returns>
    public async Task<(ChildProcess Process, TimeSpan Time)> UpAsync(int run, params IEnumerable<string> arguments)
    {
        DataDirectory = folder[$"data{run}"];
        var command = Host.Namespace.Enter(Programs.MiniK8s([
            "up", "--data-dir", DataDirectory, "--docker-host", engine.Address.ToString(), "--node-name", "node", "--node-ip", $"{Host.Address}", .. arguments,
        ]));
        var began = Stopwatch.GetTimestamp();
        var process = ChildProcess.Start(command[0], command.Skip(1));
        try
        {
            await Eventually.TrueAsync(() => process.HasExited || process.Output.Contains("The cluster is ready", StringComparison.Ordinal), "`minik8s up` is ready", ReadyLimit);
            var time = Stopwatch.GetElapsedTime(began);
            return process.HasExited ? throw new InvalidOperationException($"`minik8s up` ended with {process.ExitCode}: {process.Error}") : (process, time);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of the one program here to its end; it must succeed.</summary>
    public Task<string> RunAsync(params IEnumerable<string> arguments) => Host.Namespace.RunAsync(Programs.MiniK8s(arguments), timeout: ReadyLimit);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await network.DisposeAsync();
        folder.Dispose();
    }
}
