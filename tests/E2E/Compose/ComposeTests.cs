using System.Text.Json.Nodes;
using MiniK8s.E2E.Tests.Clusters;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Processes;
using MiniK8s.Tests.Order;

namespace MiniK8s.E2E.Tests.Compose;

/// <summary>The cluster of containers that docs/compose.md describes, and the commands that it gives.</summary>
[TakesLong]
public sealed class ComposeTests
{
    private static readonly TimeSpan PodsLimit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_Service_answers_on_both_nodes_with_the_pods_of_both()
    {
        Needs.All(ComposeCluster.SkipReason);
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await ComposeCluster.UpAsync(cancellation);

        // Pods that come while only one node is there would all stay on it.
        await NodesReadyAsync(cluster, cancellation);
        await cluster.KubectlAsync(cancellation, "apply", "-f", "/examples/web");
        await ReadyOnAsync(cluster, ["web-1", "web-2", "web-3"], cancellation);
        foreach (var node in ComposeCluster.Nodes)
        {
            await AnsweredByAsync(cluster, node, "10.96.0.100", ["web-1", "web-2", "web-3"], cancellation);
            foreach (var other in ComposeCluster.Nodes) await AnsweredByAsync(cluster, node, $"{other}:30080", ["web-1", "web-2", "web-3"], cancellation);
        }

        await ThePublishedPortServesTheUserAsync(cluster, cancellation);
        await NoNodeHoldsTheAuthoritysKeyAsync(cluster, cancellation);
        await TheProxiesAreMachineCodeWhereThatCouldBeCompiledAsync(cluster, cancellation);

        await cluster.KubectlAsync(cancellation, "delete", "pod", "web-2");
        foreach (var node in ComposeCluster.Nodes) await AnsweredByAsync(cluster, node, "10.96.0.100", ["web-1", "web-3"], cancellation);

        await cluster.ComposeAsync(["down", "--volumes"], cancellation);
        Assert.Equal("", await cluster.RemainsAsync(cancellation));
    }

    private static Task NodesReadyAsync(ComposeCluster cluster, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () => ThoseReady(JsonNode.Parse(await cluster.KubectlAsync(cancellationToken, "get", "nodes", "-o", "json"))!["items"]!.AsArray()).Select(node => (string?)node["metadata"]!["name"]).Order().SequenceEqual(ComposeCluster.Nodes),
        "both nodes are ready",
        PodsLimit,
        cancellationToken: cancellationToken);

    private static IEnumerable<JsonNode> ThoseReady(JsonArray objects) => objects.OfType<JsonNode>().Where(one =>
        one["status"]?["conditions"]?.AsArray().Any(condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True") == true);

    private static Task ReadyOnAsync(ComposeCluster cluster, IReadOnlyList<string> names, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () =>
        {
            var pods = JsonNode.Parse(await cluster.KubectlAsync(cancellationToken, "get", "pods", "-o", "json"))!["items"]!.AsArray();
            var ready = ThoseReady(pods).ToList();
            var nodes = ready.Select(pod => (string?)pod!["spec"]!["nodeName"]).Distinct().Order();
            return ready.Select(pod => (string?)pod!["metadata"]!["name"]).Order().SequenceEqual(names) && nodes.SequenceEqual(ComposeCluster.Nodes);
        },
        $"the pods {string.Join(", ", names)} are ready, and both nodes have some of them",
        PodsLimit,
        cancellationToken: cancellationToken);

    // Twelve requests a pod: a pod that takes part is missed once in a hundred thousand times, and then asked again.
    private static Task AnsweredByAsync(ComposeCluster cluster, string node, string address, IReadOnlyList<string> names, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () => (await cluster.AnswersAsync(node, address, names.Count * 12, cancellationToken)).Distinct().Order().SequenceEqual(names),
        $"on {node}, http://{address}/ is answered by {string.Join(", ", names)}",
        TimeSpan.FromSeconds(60),
        cancellationToken: cancellationToken);

    private static async Task ThePublishedPortServesTheUserAsync(ComposeCluster cluster, CancellationToken cancellationToken)
    {
        using var folder = TestFolder.Create();
        var kubeconfig = folder["host.kubeconfig"];
        await File.WriteAllTextAsync(kubeconfig, await cluster.ExecAsync("apiserver", ["cat", "/var/lib/minik8s/host.kubeconfig"], cancellationToken), cancellationToken);

        var nodes = await cluster.KubectlFromHostAsync(kubeconfig, cancellationToken, "get", "nodes", "-o", "name");

        Assert.Equal(["node/node1", "node/node2"], nodes.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task NoNodeHoldsTheAuthoritysKeyAsync(ComposeCluster cluster, CancellationToken cancellationToken)
    {
        foreach (var node in ComposeCluster.Nodes)
        {
            var identities = await cluster.ExecAsync(node, ["ls", "/identity"], cancellationToken);
            Assert.Equal(["kubelet.kubeconfig", "proxy.kubeconfig"], identities.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal("", await cluster.ExecAsync(node, ["find", "/var/lib/minik8s", "/etc", "/root", "-name", "ca.key"], cancellationToken));
        }
    }

    private static async Task TheProxiesAreMachineCodeWhereThatCouldBeCompiledAsync(ComposeCluster cluster, CancellationToken cancellationToken)
    {
        foreach (var node in ComposeCluster.Nodes)
        {
            var programs = await cluster.ExecAsync(node, ["sh", "-c", "cat /proc/[0-9]*/comm"], cancellationToken);
            Assert.Equal(BuiltProxy.Native is not null, programs.Split('\n').Contains("minik8s-proxy"));
        }
    }
}
