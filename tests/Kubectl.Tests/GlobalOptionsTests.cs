using MiniK8s.Client.Config;
using MiniK8s.Kubectl.Tests.World;
using MiniK8s.TestKit.Files;

namespace MiniK8s.Kubectl.Tests;

public sealed class GlobalOptionsTests : IAsyncLifetime
{
    private readonly TestFolder folder = TestFolder.Create();
    private TestServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync();
        await server.CreateAsync("{apiVersion: v1, kind: Namespace, metadata: {name: demo}}");
        await server.CreateAsync("{apiVersion: v1, kind: ConfigMap, metadata: {name: here, namespace: demo}}");
        KubeConfigFiles.Write(folder["config"], new KubeConfig
        {
            Clusters = new Dictionary<string, KubeCluster> { ["test"] = new() { Server = server.Url }, ["gone"] = new() { Server = "http://127.0.0.1:1" } },
            Contexts = new Dictionary<string, KubeContext>
            {
                ["demo"] = new() { Cluster = "test", Namespace = "demo" },
                ["plain"] = new() { Cluster = "test" },
                ["gone"] = new() { Cluster = "gone", Namespace = "demo" },
            },
            CurrentContext = "demo",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("get configmaps -o name", "configmap/here\n")]
    [InlineData("get configmaps -o name --context plain", "")]
    [InlineData("get configmaps -o name --context plain -n demo", "configmap/here\n")]
    [InlineData("-n default get configmaps -o name", "")]
    public async Task The_kubeconfig_says_where_and_options_say_otherwise(string line, string output) => (await KubectlAsync(line)).Answers(output);

    [Fact]
    public async Task The_server_of_the_command_line_takes_the_place_of_the_contexts() =>
        (await KubectlAsync($"get configmaps -o name --context gone --server {server.Url}")).Answers("configmap/here\n");

    [Fact]
    public async Task A_context_that_is_not_there_is_named() =>
        (await KubectlAsync("get pods --context other")).Fails($"error: {folder["config"]}: there is no context 'other'; there are: demo, gone, plain");

    [Fact]
    public async Task Certificates_that_are_none_are_named()
    {
        await File.WriteAllTextAsync(folder["ca.pem"], "no certificate", TestContext.Current.CancellationToken);
        var missing = await KubectlAsync($"get pods --certificate-authority {folder["none.pem"]}");
        Assert.Equal((1, $"error: Could not find file '{folder["none.pem"]}'.\n"), (missing.Code, missing.Error));
        (await KubectlAsync($"get pods --certificate-authority {folder["ca.pem"]}")).Fails($"error: --certificate-authority '{folder["ca.pem"]}' holds no certificate in PEM form");
    }

    private Task<Run> KubectlAsync(string line) => Run.OfAsync(["--kubeconfig", folder["config"], .. line.Split(' ')]);
}
