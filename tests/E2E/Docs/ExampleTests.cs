using System.Text.Json.Nodes;
using MiniK8s.E2E.Tests.Clusters;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.E2E.Tests.Docs;

/// <summary>Every folder of examples/ is applied, answers, and goes again.</summary>
public class ExampleTests
{
    private static readonly string[] Names = [.. Directory.GetDirectories(Path.Combine(Programs.Repository, "examples")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_file_of_the_examples_is_a_manifest_in_a_folder_of_its_example()
    {
        var examples = Path.Combine(Programs.Repository, "examples");
        Assert.All(Directory.GetFiles(examples, "*", SearchOption.AllDirectories), file =>
        {
            Assert.Contains(Path.GetRelativePath(examples, Path.GetDirectoryName(file)!), Names);
            Assert.Equal(".yaml", Path.GetExtension(file));
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_example_is_applied_and_its_services_answer_until_it_is_deleted(bool withStockKubectl)
    {
        Needs.All(SingleNodeCluster.SkipReason, withStockKubectl && Tools.Find("kubectl") is null ? "there is no stock kubectl on this machine" : null);
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await SingleNodeCluster.UpAsync(cancellation);
        Task<string> Kubectl(params IEnumerable<string> arguments) => withStockKubectl
            ? cluster.Node.Host.Namespace.RunAsync(["kubectl", "--kubeconfig", cluster.Node.AdminKubeconfig, .. arguments], timeout: TimeSpan.FromMinutes(2), cancellationToken: cancellation)
            : cluster.Node.KubectlAsync(cancellation, arguments);
        foreach (var name in Names)
        {
            var applied = (await Kubectl("apply", "-f", Programs.Example(name), "-o", "name")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(Documents(name), applied.Length);
            var addresses = await AddressesAsync(Kubectl, applied);
            Assert.NotEmpty(addresses);
            using var caller = new Caller(cluster.Node.Host);
            foreach (var address in addresses) await AnswersAsync(caller, address, cancellation);

            await Kubectl("delete", "-f", Programs.Example(name));
            Assert.Empty(await Kubectl(["get", .. applied, "--ignore-not-found", "-o", "name"]));
            foreach (var address in addresses) await caller.UnansweredAsync(address, cancellation);
        }
    }

    // Of each Service its cluster address, and its node port where it has one.
    private static async Task<IReadOnlyList<string>> AddressesAsync(Func<IEnumerable<string>, Task<string>> kubectl, IEnumerable<string> applied)
    {
        var node = (string)JsonNode.Parse(await kubectl(["get", "nodes", "-o", "json"]))!["items"]![0]!["status"]!["addresses"]![0]!["address"]!;
        var addresses = new List<string>();
        foreach (var service in applied.Where(name => name.StartsWith("service/", StringComparison.Ordinal)))
        {
            var spec = JsonNode.Parse(await kubectl(["get", service, "-o", "json"]))!["spec"]!;
            foreach (var port in spec["ports"]!.AsArray())
            {
                addresses.Add($"{(string)spec["clusterIP"]!}:{(int)port!["port"]!}");
                if (port["nodePort"] is { } nodePort) addresses.Add($"{node}:{(int)nodePort}");
            }
        }

        return addresses;
    }

    private static Task AnswersAsync(Caller caller, string address, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () => (await caller.GetAsync(address, cancellationToken)).Length > 0,
        $"http://{address}/ is answered",
        TimeSpan.FromSeconds(60),
        cancellationToken: cancellationToken);

    // A manifest may begin with a comment before its first document; none of ours has an empty one.
    private static int Documents(string name) => Directory.GetFiles(Programs.Example(name))
        .Sum(file => File.ReadLines(file).Count(line => line.StartsWith("kind:", StringComparison.Ordinal)));
}
