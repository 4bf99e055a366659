using MiniK8s.Kubectl.Tests.World;

namespace MiniK8s.Kubectl.Tests.Commands;

public sealed class CreateTests : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task An_object_is_created_once()
    {
        (await CreateAsync(Sample.Service)).Answers("service/web created\n");
        (await CreateAsync(Sample.Service)).Fails("Error from server (AlreadyExists): error when creating \"STDIN\": services \"web\" already exists");
    }

    [Fact]
    public async Task A_generated_name_is_shown()
    {
        var run = await CreateAsync("{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Matches("^configmap/made-[a-z0-9]{5} created\n$", run.Output);
    }

    [Fact]
    public async Task A_namespace_is_created_by_its_name()
    {
        (await server.KubectlAsync("create", "namespace", "demo", "--dry-run=client")).Answers("namespace/demo created (dry run)\n");
        (await server.KubectlAsync("create", "ns", "demo")).Answers("namespace/demo created\n");
        (await server.KubectlAsync("create", "namespace", "demo")).Fails("Error from server (AlreadyExists): namespaces \"demo\" already exists");
        (await server.KubectlAsync("create", "namespace", "demo2", "-o", "name")).Answers("namespace/demo2\n");
    }

    [Fact]
    public async Task Several_faults_of_an_object_stand_on_a_line_each()
    {
        var run = await CreateAsync("{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: Wrong, clusterIP: None, ports: [{port: 0}]}}");
        Assert.Equal((1, ""), (run.Code, run.Output));
        var lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal("The Service \"web\" is invalid: ", lines[0]);
        Assert.True(lines.Length > 2, run.Error);
        Assert.All(lines[1..], line => Assert.StartsWith("* spec.", line, StringComparison.Ordinal));
    }

    private Task<Run> CreateAsync(string yaml) => server.KubectlWithInputAsync(yaml, "create", "-f", "-");
}
