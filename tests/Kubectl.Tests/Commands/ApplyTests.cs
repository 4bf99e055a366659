using System.Text.Json.Nodes;
using MiniK8s.Kubectl.Tests.World;
using MiniK8s.TestKit.Files;

namespace MiniK8s.Kubectl.Tests.Commands;

public sealed class ApplyTests : IAsyncLifetime
{
    private const string Path = "/api/v1/namespaces/default/services/web";
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task The_first_time_creates_the_second_changes_nothing_and_a_change_configures()
    {
        (await ApplyAsync(Sample.Service)).Answers("service/web created\n");
        (await ApplyAsync(Sample.Service)).Answers("service/web unchanged\n");
        (await ApplyAsync(Sample.Service.Replace("targetPort: 8080", "targetPort: 9090", StringComparison.Ordinal))).Answers("service/web configured\n");
        Assert.Equal(9090, (int?)(await server.GetAsync(Path))["spec"]!["ports"]![0]!["targetPort"]);
    }

    [Fact]
    public async Task What_others_set_stays_and_what_the_file_no_longer_has_goes()
    {
        await ApplyAsync(Sample.Service);
        await server.PatchAsync(Path, new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["theirs"] = "yes" } } });
        (await ApplyAsync(Sample.Service.Replace("labels: {app: web}", "labels: {tier: front}", StringComparison.Ordinal))).Answers("service/web configured\n");
        Assert.Equal("""{"theirs":"yes","tier":"front"}""", (await server.GetAsync(Path))["metadata"]!["labels"]!.ToJsonString());
    }

    [Fact]
    public async Task Lists_with_keys_are_merged_by_them()
    {
        const string Second = "\n  - {name: metrics, port: 9100, targetPort: 9100}";
        await ApplyAsync(Sample.Service + Second);
        (await ApplyAsync(Sample.Service)).Answers("service/web configured\n");
        Assert.Equal(["http"], ((JsonArray)(await server.GetAsync(Path))["spec"]!["ports"]!).Select(port => (string?)port!["name"]));
    }

    [Fact]
    public async Task An_object_that_was_not_applied_is_taken_over_with_a_warning()
    {
        await server.CreateAsync(Sample.Service);
        var run = await ApplyAsync(Sample.Service);
        Assert.Equal((0, "service/web configured\n"), (run.Code, run.Output));
        Assert.StartsWith("Warning: resource services/web was not made by apply", run.Error, StringComparison.Ordinal);
        (await ApplyAsync(Sample.Service)).Answers("service/web unchanged\n");
    }

    [Fact]
    public async Task Several_documents_are_applied_in_order_and_a_bad_one_keeps_none_from_it()
    {
        var run = await ApplyAsync($"{Sample.Service}\n---\n{Sample.Service.Replace("name: web", "name: Bad_Name", StringComparison.Ordinal)}\n---\n{Sample.Pods}");
        Assert.Equal((1, "service/web created\npod/web-1 created\npod/a-longer-name created\n"), (run.Code, run.Output));
        Assert.StartsWith("The Service \"Bad_Name\" is invalid: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_is_applied_whole()
    {
        using var folder = TestFolder.Create();
        await File.WriteAllTextAsync(folder["1-namespace.yaml"], "apiVersion: v1\nkind: Namespace\nmetadata: {name: demo}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["2-service.yml"], Sample.Service.Replace("name: web", "name: web\n  namespace: demo", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await server.KubectlAsync("apply", "-f", folder.FullPath)).Answers("namespace/demo created\nservice/web created\n");
        (await server.KubectlAsync("get", "services", "-n", "demo", "-o", "name")).Answers("service/web\n");
    }

    [Theory]
    [InlineData("kind: Service", "kind: Servise", "error: error when applying \"STDIN\": no matches for kind \"Servise\" in version \"v1\"; api-resources lists what the server has\n")]
    [InlineData("clusterIP: 10.96.0.100", "clusterIP: 10.96.0.100\n  colour: blue", "Error from server (BadRequest): error when applying \"STDIN\": Service in version \"v1\" cannot be handled as a Service: strict decoding error: unknown field \"spec.colour\"\n")]
    [InlineData("name: web", "generateName: web-", "error: error when applying \"STDIN\": cannot use generate name with apply; use create\n")]
    [InlineData("name: web", "name: web\n  namespace: none", "Error from server (NotFound): error when applying \"STDIN\": namespaces \"none\" not found\n")]
    [InlineData("name: web", "name: web/x", "error: error when applying \"STDIN\": invalid resource name \"web/x\": it may not be '.' or '..', nor contain '/' or '%'\n")]
    public async Task What_cannot_be_applied_is_named_with_its_source(string part, string other, string complaint) =>
        Assert.Equal(new Run(1, "", complaint), await ApplyAsync(Sample.Service.Replace(part, other, StringComparison.Ordinal)));

    [Fact]
    public async Task A_namespace_of_the_command_line_must_be_that_of_the_file() =>
        (await ApplyAsync(Sample.Service.Replace("name: web", "name: web\n  namespace: demo", StringComparison.Ordinal), "-n", "other")).Fails(
            "error: error when applying \"STDIN\": the namespace from the provided object \"demo\" does not match the namespace \"other\". You must pass '--namespace=demo' to perform this operation.");

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        (await ApplyAsync(Sample.Service, "--dry-run=server")).Answers("service/web created (server dry run)\n");
        (await ApplyAsync(Sample.Service, "--dry-run=client")).Answers("service/web created (dry run)\n");
        await ApplyAsync(Sample.Service);
        var changed = Sample.Service.Replace("8080", "9090", StringComparison.Ordinal);
        (await ApplyAsync(changed, "--dry-run=server")).Answers("service/web configured (server dry run)\n");
        (await ApplyAsync(changed, "--dry-run=client")).Answers("service/web configured (dry run)\n");
        (await ApplyAsync(Sample.Service)).Answers("service/web unchanged\n");
    }

    [Fact]
    public async Task Objects_can_be_shown_in_place_of_outcomes()
    {
        (await ApplyAsync(Sample.Pods, "-o", "name")).Answers("pod/web-1\npod/a-longer-name\n");
        Assert.StartsWith("apiVersion: v1\nkind: Service\n", (await ApplyAsync(Sample.Service, "-o", "yaml")).Output, StringComparison.Ordinal);
        Assert.Contains("\"kind\": \"List\"", (await ApplyAsync(Sample.Pods, "-o", "json")).Output, StringComparison.Ordinal);
    }

    private Task<Run> ApplyAsync(string yaml, params string[] more) => server.KubectlWithInputAsync(yaml, ["apply", "-f", "-", .. more]);
}
