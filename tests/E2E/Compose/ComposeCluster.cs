using System.Globalization;
using System.Text.RegularExpressions;
using MiniK8s.E2E.Tests.Clusters;
using MiniK8s.TestKit.Docker;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;
using MiniK8s.TestKit.Servers;

namespace MiniK8s.E2E.Tests.Compose;

/// <summary>
/// The cluster of docker-compose.yml on an engine in a network namespace of its own, with no way out: all images are made here, from
/// a base that debootstrap makes.
/// </summary>
internal sealed partial class ComposeCluster : IAsyncDisposable
{
    private static readonly TimeSpan ImagesLimit = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan UpLimit = TimeSpan.FromMinutes(6);

    private readonly NetworkNamespace machine;
    private readonly DockerEngine engine;
    private IReadOnlyDictionary<string, string> environment;

    private ComposeCluster(NetworkNamespace machine, DockerEngine engine)
    {
        (this.machine, this.engine) = (machine, engine);
        environment = new Dictionary<string, string> { ["DOCKER_HOST"] = engine.Address.OriginalString };
    }

    /// <summary>The names of the worker nodes, which are their services' names as well.</summary>
    public static IReadOnlyList<string> Nodes { get; } = ["node1", "node2"];

    /// <summary>Why this machine cannot run such a cluster; null when it can.</summary>
    public static string? SkipReason => DockerEngine.SkipReason ?? Tools.SkipReason("docker", "docker-compose", "debootstrap")
        ?? (KafkaBroker.ProgramFolder is null ? "no Kafka broker can be put into an image: the script shared/kafka is not beside the repository" : null);

    /// <summary>Makes the images, starts all containers and returns when compose says that they are healthy or running.</summary>
    public static async Task<ComposeCluster> UpAsync(CancellationToken cancellationToken)
    {
        var machine = await NetworkNamespace.CreateAsync("compose", cancellationToken);
        ComposeCluster? cluster = null;
        try
        {
            cluster = new ComposeCluster(machine, await DockerEngine.StartAsync(machine, "172.30.0.1/24", cancellationToken));
            await cluster.MakeImagesAsync(cancellationToken);
            await cluster.ComposeAsync(["up", "--detach", "--build"], cancellationToken);
            return cluster;
        }
        catch
        {
            if (cluster is not null) await cluster.DisposeAsync();
            machine.Dispose();
            throw;
        }
    }

    /// <summary>Runs docker-compose; it must succeed.</summary>
    public Task<string> ComposeAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        Command.RunAsync(Compose(arguments), environment: environment, timeout: UpLimit, cancellationToken: cancellationToken);

    /// <summary>Runs a program in a service's container; it must succeed.</summary>
    public Task<string> ExecAsync(string service, IEnumerable<string> command, CancellationToken cancellationToken) =>
        ComposeAsync(["exec", "-T", service, .. command], cancellationToken);

    /// <summary>Runs the project's kubectl in the API server's container, where it is the admin's.</summary>
    public Task<string> KubectlAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        ExecAsync("apiserver", ["minik8s", "kubectl", .. arguments], cancellationToken);

    /// <summary>Runs the project's kubectl on the machine of the engine, where only the published port leads into the cluster.</summary>
    public Task<string> KubectlFromHostAsync(string kubeconfig, CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        machine.RunAsync(Programs.MiniK8s(["kubectl", "--kubeconfig", kubeconfig, .. arguments]), cancellationToken: cancellationToken);

    /// <summary>Who answers requests that a node's own processes send, one line each.</summary>
    public async Task<IReadOnlyList<string>> AnswersAsync(string node, string address, int requests, CancellationToken cancellationToken)
    {
        var count = requests.ToString(CultureInfo.InvariantCulture);
        var text = await ExecAsync(node, ["sh", "-c", "for i in $(seq \"$0\"); do busybox wget -q -O - \"http://$1/\" || exit 1; done", count, address], cancellationToken);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>The names of all containers, volumes and networks of the project.</summary>
    public async Task<string> RemainsAsync(CancellationToken cancellationToken)
    {
        string[] filter = ["--quiet", "--filter", "label=com.docker.compose.project=minik8s"];
        string[][] lists = [["ps", "--all"], ["volume", "ls"], ["network", "ls"]];
        var found = lists.Select(list => Command.RunAsync(["docker", .. list, .. filter], environment: environment, cancellationToken: cancellationToken));
        return string.Concat(await Task.WhenAll(found)).Trim();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // In an orderly way first, so that the engines inside remove their control groups; where that fails the engine's end is the end of all.
        await Command.TryAsync(Compose(["down", "--volumes", "--timeout", "20"]), environment: environment, timeout: TimeSpan.FromMinutes(2));
        await engine.DisposeAsync();
        machine.Dispose();
    }

    private async Task MakeImagesAsync(CancellationToken cancellationToken)
    {
        string[] script = [Path.Combine(Programs.Repository, "deploy", "local", "images.sh"), KafkaBroker.ProgramFolder!];
        var variables = await Command.RunAsync(script, environment: environment, timeout: ImagesLimit, cancellationToken: cancellationToken);
        environment = Exports().Matches(variables)
            .Select(export => KeyValuePair.Create(export.Groups[1].Value, export.Groups[2].Value))
            .Concat(environment)
            .ToDictionary();
    }

    private static List<string> Compose(IEnumerable<string> arguments) =>
        ["docker-compose", "--project-name", "minik8s", "--file", Path.Combine(Programs.Repository, "docker-compose.yml"), .. arguments];

    [GeneratedRegex("^export ([A-Z0-9_]+)=(.+)$", RegexOptions.Multiline)]
    private static partial Regex Exports();
}
