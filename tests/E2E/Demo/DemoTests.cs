using System.Text.RegularExpressions;
using MiniK8s.E2E.Tests.Clusters;

namespace MiniK8s.E2E.Tests.Demo;

/// <summary>What somebody sees who has just cloned the repository.</summary>
public partial class DemoTests
{
    [Fact]
    public async Task Up_demo_shows_twenty_answers_and_down_leaves_the_host_as_it_was()
    {
        Needs.All(SingleNodeCluster.SkipReason);
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await SingleNodeCluster.UpAsync(cancellation, "--demo");
        var answers = Answers().Matches(cluster.Output).Select(match => match.Value.Trim().Split(' ')).ToList();
        Assert.Equal(2, answers.Count);
        Assert.All(answers, ten => Assert.Equal(10, ten.Length));
        Assert.Contains("web-nodeport", cluster.Output, StringComparison.Ordinal);
        Assert.Contains("Try next", cluster.Output, StringComparison.Ordinal);

        var status = await cluster.Node.RunAsync(["status", "--data-dir", cluster.Node.DataDirectory], cancellation);
        Assert.Equal(0, status.ExitCode);
        var token = (await cluster.Node.RunAsync(["token", "--data-dir", cluster.Node.DataDirectory], cancellation)).OutputOrThrow().Trim();
        var asAdmin = await cluster.Node.RunAsync(["kubectl", "--server", "https://127.0.0.1:6443", "--token", token, "--insecure-skip-tls-verify", "get", "nodes", "-o", "name"], cancellation);
        Assert.Equal("node/node", asAdmin.OutputOrThrow().Trim());

        (await cluster.Node.RunAsync(["down", "--data-dir", cluster.Node.DataDirectory], cancellation)).OutputOrThrow();
        await NodeRules.AssertNoneAsync(cluster.Node.Host, cancellation);
        using var engine = new Kubelet.Docker.DockerClient(cluster.Node.Engine.Address);
        Assert.Empty(await engine.ListContainersAsync([], cancellation));
        Assert.Equal(4, (await cluster.Node.RunAsync(["status", "--data-dir", cluster.Node.DataDirectory], cancellation)).ExitCode);
    }

    [GeneratedRegex(@"^  (web-[123] ?){10}$", RegexOptions.Multiline)]
    private static partial Regex Answers();
}
