using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MiniK8s.E2E.Tests.Clusters;
using MiniK8s.TestKit;

namespace MiniK8s.E2E.Tests.Faults;

/// <summary>Two hundred Services by twenty writers, while one part after the other is killed as by kill -9.</summary>
public class KillEverythingTests
{
    private const int Writers = 20;
    private const int Each = 10;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_doubled()
    {
        Needs.All(ProcessCluster.SkipReason);
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await ProcessCluster.StartAsync(cancellation);
        await cluster.KubectlAsync(cancellation, "apply", "-f", Path.Combine(Programs.Example("web"), "pods.yaml"));
        var acknowledged = new ConcurrentBag<string>();
        var token = await cluster.TokenAsync(cancellation);
        var writers = Enumerable.Range(0, Writers).Select(writer => WriteAsync(cluster, token, writer, acknowledged, cancellation)).ToList();
        await KillInTurnAsync(cluster, cancellation);
        await Task.WhenAll(writers);
        Assert.Equal(Writers * Each, acknowledged.Distinct().Count());

        var services = await ConvergedAsync(cluster, acknowledged, cancellation);
        Assert.Equal(services.Count, services.Select(service => (string?)service["spec"]!["clusterIP"]).Distinct().Count());
        var ports = services.SelectMany(service => service["spec"]!["ports"]!.AsArray()).Select(port => (int?)port!["nodePort"]).Where(port => port is not null).ToList();
        Assert.Equal(ports.Count, ports.Distinct().Count());
        await AssertRulesAsync(cluster, services, cancellation);
        await AssertContainersAsync(cluster, cancellation);
    }

    private static async Task KillInTurnAsync(ProcessCluster cluster, CancellationToken cancellationToken)
    {
        for (var round = 0; round < 2; round++)
        {
            foreach (var part in ProcessCluster.Parts) await cluster.KillAndRestartAsync(part);
            await cluster.Kafka.KillAsync(cancellationToken);
            await cluster.Kafka.RestartAsync(cancellationToken);
        }
    }

    // A writer goes on until each of its Services is acknowledged; a name that is taken was written by an attempt whose answer was lost.
    private static async Task WriteAsync(ProcessCluster cluster, string token, int writer, ConcurrentBag<string> acknowledged, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null } };
        using var http = cluster.Control.Namespace.CreateHttpClient(handler);
        http.Timeout = TimeSpan.FromSeconds(10);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        for (var number = 0; number < Each; number++)
        {
            var name = $"s-{writer}-{number}";
            await Eventually.TrueAsync(
                async () =>
                {
                    using var body = new StringContent(Manifest(name, number % 4 == 0), Encoding.UTF8, "application/json");
                    using var answer = await http.PostAsync(new Uri($"{cluster.Server}/api/v1/namespaces/default/services"), body, cancellationToken);
                    return (int)answer.StatusCode is 201 or 409;
                },
                $"Service {name} is acknowledged",
                TimeSpan.FromMinutes(2),
                cancellationToken: cancellationToken);
            acknowledged.Add(name);
        }
    }

    private static string Manifest(string name, bool nodePort) => new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["type"] = nodePort ? "NodePort" : "ClusterIP",
            ["selector"] = new JsonObject { ["app"] = "web" },
            ["ports"] = new JsonArray(new JsonObject { ["port"] = 80, ["targetPort"] = 8080 }),
        },
    }.ToJsonString();

    private static async Task<IReadOnlyList<JsonNode>> ConvergedAsync(ProcessCluster cluster, IEnumerable<string> names, CancellationToken cancellationToken) =>
        await Eventually.ValueAsync(
            async () =>
            {
                var list = JsonNode.Parse(await cluster.KubectlAsync(cancellationToken, "get", "services", "-o", "json"))!["items"]!.AsArray().OfType<JsonNode>().ToList();
                var complete = list.Where(service => ((string?)service["spec"]!["clusterIP"])?.Length > 0).ToList();
                var present = complete.Select(service => (string)service["metadata"]!["name"]!).ToHashSet();
                return names.All(present.Contains) && complete.Count == list.Count ? complete : null;
            },
            "every acknowledged Service is there and has its address",
            TimeSpan.FromMinutes(1),
            cancellationToken: cancellationToken);

    private static Task AssertRulesAsync(ProcessCluster cluster, IReadOnlyList<JsonNode> services, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () =>
        {
            var rules = await NodeRules.ReadAsync(cluster.Node.Host, cancellationToken);
            return services.Where(service => ((string?)service["metadata"]!["name"])!.StartsWith("s-", StringComparison.Ordinal))
                .All(service => Regex.IsMatch(rules, $@"\b{Regex.Escape((string?)service["spec"]!["clusterIP"] ?? "none")}\b"));
        },
        "the node's rules hold every Service",
        TimeSpan.FromMinutes(1),
        cancellationToken: cancellationToken);

    private static async Task AssertContainersAsync(ProcessCluster cluster, CancellationToken cancellationToken)
    {
        using var engine = new Kubelet.Docker.DockerClient(cluster.Node.Engine.Address);
        await Eventually.TrueAsync(
            async () => (await engine.ListContainersAsync([], cancellationToken)).Count(container => container.Phase == Kubelet.Docker.ContainerPhase.Running) == 6,
            "three pods run, each one sandbox and one container",
            TimeSpan.FromMinutes(1),
            cancellationToken: cancellationToken);
        var names = (await engine.ListContainersAsync([], cancellationToken)).Select(container => string.Join('_', container.Name.Split('_')[..3])).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }
}
