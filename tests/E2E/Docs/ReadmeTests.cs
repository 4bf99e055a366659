using System.Globalization;
using System.Text;
using MiniK8s.E2E.Tests.Clusters;
using MiniK8s.TestKit.Docker;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;
using MiniK8s.TestKit.Servers;
using MiniK8s.Tests.Order;

namespace MiniK8s.E2E.Tests.Docs;

/// <summary>
/// The commands of the README do what it says. A block marked <c>bash run</c> belongs to the walk through a cluster in one process,
/// <c>run kubectl</c> needs a stock kubectl beside, <c>run parts</c> is the walk through separate processes. The blocks of a walk run in
/// one shell, one after the other, as a reader would type them, on a machine with an engine and a home directory of its own.
/// </summary>
[TakesLong]
public class ReadmeTests
{
    // Long enough for a build, where nobody has run ./minik8s before.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_walk_through_one_process_works(bool hasStockKubectl)
    {
        Needs.All(DockerEngine.SkipReason, Tools.SkipReason("curl"), hasStockKubectl ? SkipWithoutKubectl() : null);
        var cancellation = TestContext.Current.CancellationToken;
        await using var network = await TestNetwork.CreateAsync(cancellation);
        await using var machine = await NodeMachine.StartAsync(network, "laptop", cancellation);
        await RunAsync(machine, block => block.Marks is ["run"] || (hasStockKubectl && block.Marks is ["run", "kubectl"]), cancellation);
        await NodeRules.AssertNoneAsync(machine.Host, cancellation);
    }

    [Fact]
    public async Task The_walk_through_separate_processes_works()
    {
        Needs.All(ProcessCluster.SkipReason, Tools.SkipReason("curl", "etcdctl", "kcat"));
        var cancellation = TestContext.Current.CancellationToken;
        await using var network = await TestNetwork.CreateAsync(cancellation);
        await using var machine = await NodeMachine.StartAsync(network, "laptop", cancellation);
        await using var kafka = await KafkaBroker.StartInsideAsync(machine.Host.Namespace, System.Net.IPAddress.Loopback, cancellation);
        await RunAsync(machine, block => block.Marks is ["run", "parts"], cancellation);
    }

    [Fact]
    public void Every_mark_is_one_that_a_test_knows()
    {
        var known = new[] { "", "run", "run kubectl", "run parts" };
        Assert.All(Blocks, block => Assert.Contains(string.Join(' ', block.Marks), known));
        Assert.Equal(known, Blocks.Select(block => string.Join(' ', block.Marks)).Distinct().Order(StringComparer.Ordinal));
    }

    private static IReadOnlyList<CodeBlock> Blocks => [.. MarkdownFile.Read("README.md").Blocks.Where(block => block.Language == "bash")];

    private static string? SkipWithoutKubectl() => Tools.Find("kubectl") is null ? "there is no stock kubectl on this machine" : null;

    private static async Task RunAsync(NodeMachine machine, Func<CodeBlock, bool> isWanted, CancellationToken cancellationToken)
    {
        using var home = TestFolder.Create();
        string[] shell =
        [
            "env", "-u", "KUBECONFIG", $"--chdir={Programs.Repository}", $"HOME={home.FullPath}", $"DOCKER_HOST={machine.Engine.Address}",
            $"NUGET_PACKAGES={Path.Combine(UserHome, ".nuget/packages")}", $"DOTNET_CLI_HOME={UserHome}", "bash", "-c", Script(Blocks.Where(isWanted)),
        ];
        var result = await machine.Host.Namespace.TryAsync(shell, timeout: Limit, cancellationToken: cancellationToken);
        Assert.True(result.ExitCode == 0, $"the README's commands ended with {result.ExitCode}:\n{result.Output}\n{Tail(result.Error)}");
    }

    // Each block says its line before it begins, so that a failure's output tells which one it was.
    private static string Script(IEnumerable<CodeBlock> blocks)
    {
        var script = new StringBuilder("set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n");
        foreach (var block in blocks) script.Append(CultureInfo.InvariantCulture, $"echo '== README.md, line {block.Line}'\n{block.Text}");
        return script.ToString();
    }

    private static string UserHome => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static string Tail(string text) => text.Length > 6000 ? text[^6000..] : text;
}
