using System.Text.Json.Nodes;
using MiniK8s.Kubectl.Tests.World;
using MiniK8s.TestKit;

namespace MiniK8s.Kubectl.Tests.Commands;

public sealed class DeleteTests : IAsyncLifetime
{
    private const string Held = "{apiVersion: v1, kind: ConfigMap, metadata: {name: held, finalizers: [example.com/hold]}}";
    private const string HeldPath = "/api/v1/namespaces/default/configmaps/held";
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await Sample.ServerAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Names_and_types_are_deleted_one_by_one()
    {
        (await server.KubectlAsync("delete", "service/web", "endpointslice/web-abc")).Answers("service \"web\" deleted\nendpointslice.discovery.k8s.io \"web-abc\" deleted\n");
        Assert.Equal(new Run(1, "endpoints \"web\" deleted\n", "Error from server (NotFound): endpoints \"none\" not found\n"), await server.KubectlAsync("delete", "endpoints", "none", "web"));
        (await server.KubectlAsync("delete", "endpoints", "none", "--ignore-not-found")).Answers("");
    }

    [Fact]
    public async Task What_a_file_names_is_deleted()
    {
        (await server.KubectlWithInputAsync(Sample.Service, "delete", "-f", "-", "-o", "name")).Answers("service/web\n");
        (await server.KubectlWithInputAsync(Sample.Service, "delete", "-f", "-")).Fails("Error from server (NotFound): error when deleting \"STDIN\": services \"web\" not found");
    }

    [Fact]
    public async Task Labels_or_all_select()
    {
        (await server.KubectlAsync("delete", "pods", "-l", "app=other")).Answers("pod \"a-longer-name\" deleted\n");
        (await server.KubectlAsync("delete", "services,endpoints", "--all")).Answers("service \"web\" deleted\nendpoints \"web\" deleted\n");
        (await server.KubectlAsync("delete", "services", "--all")).Answers("No resources found\n");
    }

    [Theory]
    [InlineData("delete pods", "error: resource(s) were provided, but no name was specified; give names, -l SELECTOR or --all")]
    [InlineData("delete pods x --all", "error: name cannot be provided when a selector is specified")]
    [InlineData("delete pods --all -l a=b", "error: cannot set --all and a selector at the same time")]
    [InlineData("delete pods x -f -", "error: when files are provided as input, you may not specify types or names as arguments as well")]
    public async Task It_must_be_clear_what_is_meant(string line, string complaint) => (await server.KubectlAsync(line.Split(' '))).Fails(complaint);

    [Fact]
    public async Task A_dry_run_deletes_nothing()
    {
        (await server.KubectlAsync("delete", "service", "web", "--dry-run=client")).Answers("service \"web\" deleted (dry run)\n");
        (await server.KubectlAsync("delete", "service", "web", "--dry-run=server")).Answers("service \"web\" deleted (server dry run)\n");
        (await server.KubectlAsync("get", "services", "-o", "name")).Answers("service/web\n");
    }

    [Fact]
    public async Task A_pod_on_a_node_waits_for_it_unless_forced()
    {
        (await server.KubectlAsync("delete", "pod", "web-1", "--wait=false")).Answers("pod \"web-1\" deleted\n");
        (await server.KubectlAsync("get", "pod", "web-1", "-o", "name")).Answers("pod/web-1\n");
        Assert.Equal(
            new Run(0, "pod \"web-1\" force deleted\n", "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated.\n"),
            await server.KubectlAsync("delete", "pod", "web-1", "--force"));
        (await server.KubectlAsync("get", "pod", "web-1")).Fails("Error from server (NotFound): pods \"web-1\" not found");
    }

    [Fact]
    public async Task An_object_that_lingers_is_waited_for()
    {
        await server.CreateAsync(Held);
        var deletion = server.KubectlAsync("delete", "configmap", "held");
        await Eventually.TrueAsync(async () => (await server.GetAsync(HeldPath))["metadata"]!["deletionTimestamp"] is not null, "the object is being deleted");
        Assert.False(deletion.IsCompleted);
        await server.PatchAsync(HeldPath, new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = null } });
        (await deletion.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Answers("configmap \"held\" deleted\n");
    }

    [Fact]
    public async Task Waiting_ends_when_its_time_is_over()
    {
        await server.CreateAsync(Held);
        Assert.Equal(
            new Run(1, "configmap \"held\" deleted\n", "error: timed out waiting for the condition on configmaps/held\n"),
            await server.KubectlAsync("delete", "configmap", "held", "--timeout=0.2s"));
    }
}
