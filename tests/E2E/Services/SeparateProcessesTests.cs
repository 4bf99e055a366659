using System.Text.Json.Nodes;
using MiniK8s.E2E.Tests.Clusters;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.E2E.Tests.Services;

/// <summary>The same main job with every part its own process, on real etcd and real Kafka.</summary>
public class SeparateProcessesTests
{
    [Fact]
    public async Task A_named_target_port_is_followed_from_the_manifest_through_etcd_and_kafka_to_the_answer()
    {
        Needs.All(ProcessCluster.SkipReason, Tools.SkipReason("kcat", "etcdctl"));
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await ProcessCluster.StartAsync(cancellation);
        await cluster.KubectlAsync(cancellation, "apply", "-f", Programs.Example("two-containers"));
        var service = JsonNode.Parse(await cluster.KubectlAsync(cancellation, "get", "service", "notebook", "-o", "json"))!;
        var address = (string)service["spec"]!["clusterIP"]!;
        using var node = new Caller(cluster.Node.Host);
        await node.AnsweredByAsync($"{address}:8080", ["notebook"], cancellation);

        // The user's write, then the ServiceController's: both went through the API server into etcd and out to Kafka.
        Assert.Equal(address, (string?)Object(await cluster.EtcdctlAsync(cancellation, "get", "--print-value-only", "/registry/core/services/default/notebook"))["spec"]!["clusterIP"]);
        var endpoints = Object(await cluster.EtcdctlAsync(cancellation, "get", "--print-value-only", "/registry/core/endpoints/default/notebook"));
        Assert.Equal(8081, (int?)endpoints["subsets"]![0]!["ports"]![0]!["port"]);
        var claim = await cluster.EtcdctlAsync(cancellation, "get", $"/claims/clusterips/{address}");
        Assert.Contains("default/notebook", claim, StringComparison.Ordinal);
        await Eventually.TrueAsync(
            async () => (await EventsOfAsync(cluster, "/registry/core/services/default/notebook", cancellation)).Select(ClusterIPOf).SequenceEqual(["", address]),
            "Kafka has the Service as it was created, without an address, and then as the controller completed it",
            cancellationToken: cancellation);

        await cluster.KubectlAsync(cancellation, "delete", "-f", Programs.Example("two-containers"));
        await node.UnansweredAsync($"{address}:8080", cancellation);
        await Eventually.TrueAsync(
            async () => !(await cluster.EtcdctlAsync(cancellation, "get", "--prefix", "--keys-only", "/")).Split('\n').Any(key => key.Contains("notebook", StringComparison.Ordinal) && !key.StartsWith("/registry/core/events/", StringComparison.Ordinal))
                && (await cluster.EtcdctlAsync(cancellation, "get", $"/claims/clusterips/{address}")).Trim().Length == 0,
            "neither Service, claim, Endpoints, slice nor pod is left in etcd",
            cancellationToken: cancellation);
    }

    private static JsonNode Object(string text) => JsonNode.Parse(text)!;

    private static string ClusterIPOf(string value) => value.Length == 0 ? "(deleted)" : (string?)JsonNode.Parse(value)?["spec"]?["clusterIP"] ?? "";

    private static async Task<IReadOnlyList<string>> EventsOfAsync(ProcessCluster cluster, string key, CancellationToken cancellationToken)
    {
        var text = await cluster.Control.Namespace.RunAsync(
            ["kcat", "-b", cluster.Kafka.BootstrapServers, "-C", "-t", "minik8s.events", "-o", "beginning", "-e", "-q", "-f", "%k\\t%s\\n"], cancellationToken: cancellationToken);
        return [.. text.Split('\n').Select(line => line.Split('\t')).Where(parts => parts[0] == key && parts.Length == 2).Select(parts => parts[1])];
    }
}
