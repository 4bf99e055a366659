using MiniK8s.E2E.Tests.Clusters;

namespace MiniK8s.E2E.Tests.Services;

/// <summary>The main job: a manifest is applied, and the Service answers.</summary>
public class ServiceForwardingTests
{
    private const string ClusterIP = "10.96.0.100:80";
    private const int Requests = 300;
    private static readonly string[] All = ["web-1", "web-2", "web-3"];

    [Theory]
    [InlineData("random")]
    [InlineData("round-robin")]
    public async Task Three_pods_share_the_requests_and_come_and_go(string balancing)
    {
        Needs.All(SingleNodeCluster.SkipReason);
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await SingleNodeCluster.UpAsync(cancellation, "--balancing", balancing);
        var nodePort = $"{cluster.Node.Host.Address}:30080";
        using var node = new Caller(cluster.Node.Host);
        using var outside = new Caller(cluster.Outside);
        await cluster.Node.KubectlAsync(cancellation, "apply", "-f", Programs.Example("web"));
        await node.AnsweredByAsync(ClusterIP, All, cancellation);
        await outside.AnsweredByAsync(nodePort, All, cancellation);

        AssertSpread(balancing, await node.CountAsync(ClusterIP, Requests, cancellation));
        AssertSpread(balancing, await outside.CountAsync(nodePort, Requests, cancellation));
        await AssertPodReachesItselfAsync(cluster, cancellation);

        await cluster.Node.KubectlAsync(cancellation, "delete", "pod", "web-1");
        await node.AnsweredByAsync(ClusterIP, ["web-2", "web-3"], cancellation);
        await RelabelAsync(cluster, "web-2", "elsewhere", cancellation);
        await node.AnsweredByAsync(ClusterIP, ["web-3"], cancellation);
        await outside.AnsweredByAsync(nodePort, ["web-3"], cancellation);
        await cluster.Node.KubectlAsync(cancellation, "apply", "-f", Programs.Example("web"));
        await node.AnsweredByAsync(ClusterIP, All, cancellation);

        await AssertNothingStaysAsync(cluster, node, outside, nodePort, cancellation);
    }

    private static void AssertSpread(string balancing, Dictionary<string, int> counts)
    {
        Assert.Equal(All, counts.Keys.Order());
        Assert.Equal(Requests, counts.Values.Sum());
        if (balancing == "round-robin")
        {
            Assert.All(counts.Values, count => Assert.Equal(Requests / All.Length, count));
            return;
        }

        // Chi-square with two degrees of freedom: beyond 18.4 lies one run in ten thousand of an even spread.
        var expected = (double)Requests / All.Length;
        Assert.InRange(counts.Values.Sum(count => (count - expected) * (count - expected) / expected), 0, 18.4);
    }

    // A packet that is lost on the way would be sent again after a second, and then perhaps to another pod: hence the short limit.
    private static async Task AssertPodReachesItselfAsync(SingleNodeCluster cluster, CancellationToken cancellationToken)
    {
        const string Ask = $"for i in $(seq 60); do timeout 1 wget -q -O- http://{ClusterIP}/ || echo none; done";
        var answers = (await cluster.Node.ExecAsync("web-1", "web", ["sh", "-c", Ask], cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(All, answers.Distinct().Order());
    }

    private static async Task RelabelAsync(SingleNodeCluster cluster, string pod, string app, CancellationToken cancellationToken)
    {
        // As a user does it: the same manifest with another label.
        var documents = (await File.ReadAllTextAsync(Path.Combine(Programs.Example("web"), "pods.yaml"), cancellationToken)).Split("---\n");
        var manifest = documents.Single(document => document.Contains($"name: {pod}\n", StringComparison.Ordinal)).Replace("app: web", $"app: {app}", StringComparison.Ordinal);
        (await cluster.Node.RunAsync(["kubectl", "--kubeconfig", cluster.Node.AdminKubeconfig, "apply", "-f", "-"], cancellationToken, manifest)).OutputOrThrow();
    }

    private static async Task AssertNothingStaysAsync(SingleNodeCluster cluster, Caller node, Caller outside, string nodePort, CancellationToken cancellationToken)
    {
        await cluster.Node.KubectlAsync(cancellationToken, "delete", "service", "web", "web-nodeport");
        await node.UnansweredAsync(ClusterIP, cancellationToken);
        await outside.UnansweredAsync(nodePort, cancellationToken);
        await TestKit.Eventually.TrueAsync(
            async () => !(await NodeRules.ReadAsync(cluster.Node.Host, cancellationToken)).Contains(ClusterIP.Split(':')[0], StringComparison.Ordinal),
            "no rule names the deleted Services",
            cancellationToken: cancellationToken);
        await TestKit.Eventually.TrueAsync(
            async () => !(await cluster.Node.KubectlAsync(cancellationToken, "get", "endpoints,endpointslices", "-o", "name")).Contains("/web", StringComparison.Ordinal),
            "no endpoints and no slices of the deleted Services are left",
            cancellationToken: cancellationToken);
        // The addresses are free again: the same manifests, with the same wishes, are accepted.
        await cluster.Node.KubectlAsync(cancellationToken, "apply", "-f", Programs.Example("web"));
        await node.AnsweredByAsync(ClusterIP, All, cancellationToken);
    }
}
