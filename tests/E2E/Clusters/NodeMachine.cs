using MiniK8s.TestKit.Docker;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.E2E.Tests.Clusters;

/// <summary>A machine with a Docker engine of its own, on a network that leads nowhere.</summary>
internal sealed class NodeMachine : IAsyncDisposable
{
    private readonly TestFolder folder = TestFolder.Create();

    private NodeMachine(TestHost host, DockerEngine engine) => (Host, Engine) = (host, engine);

    /// <summary>Its place on the network.</summary>
    public TestHost Host { get; }

    /// <summary>Its engine.</summary>
    public DockerEngine Engine { get; }

    /// <summary>The data directory of what runs on it.</summary>
    public string DataDirectory => folder["data"];

    /// <summary>The admin's kubeconfig, where the API server runs here.</summary>
    public string AdminKubeconfig => Path.Combine(DataDirectory, "admin.kubeconfig");

    /// <summary>Adds a machine to a network and starts its engine.</summary>
    public static async Task<NodeMachine> StartAsync(TestNetwork network, string name, CancellationToken cancellationToken)
    {
        var host = await network.AddHostAsync(name, cancellationToken);
        // Away from the pods' addresses, which MiniK8s gives out itself.
        var engine = await DockerEngine.StartAsync(host.Namespace, $"172.30.{host.Address.GetAddressBytes()[3]}.1/24", cancellationToken);
        return new NodeMachine(host, engine);
    }

    /// <summary>Starts a long-running command of the one program here.</summary>
    public ChildProcess Start(params IEnumerable<string> arguments)
    {
        var command = Host.Namespace.Enter(Programs.MiniK8s(arguments));
        return ChildProcess.Start(command[0], command.Skip(1));
    }

    /// <summary>Runs a command of the one program here to its end.</summary>
    public Task<CommandResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken, string? input = null) =>
        Host.Namespace.TryAsync(Programs.MiniK8s(arguments), input, TimeSpan.FromMinutes(2), cancellationToken);

    /// <summary>Runs the project's kubectl here as admin; it must succeed.</summary>
    public async Task<string> KubectlAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        (await RunAsync(["kubectl", "--kubeconfig", AdminKubeconfig, .. arguments], cancellationToken)).OutputOrThrow();

    /// <summary>Runs a command in a container of a pod here; it must succeed. Returns what it printed.</summary>
    public async Task<string> ExecAsync(string pod, string name, IEnumerable<string> command, CancellationToken cancellationToken)
    {
        string[] docker = ["docker", "--host", Engine.Address.ToString()];
        var containers = (await Host.Namespace.TryAsync([.. docker, "ps", "--quiet", "--filter", $"name=k8s_{name}_{pod}_"], null, TimeSpan.FromSeconds(30), cancellationToken)).OutputOrThrow();
        var container = Assert.Single(containers.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return (await Host.Namespace.TryAsync([.. docker, "exec", container, .. command], null, TimeSpan.FromMinutes(2), cancellationToken)).OutputOrThrow();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        folder.Dispose();
    }
}
