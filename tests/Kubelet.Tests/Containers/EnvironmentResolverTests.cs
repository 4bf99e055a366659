using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ApiServer.Hosting;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.Client.Config;
using MiniK8s.Client.Rest;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Tests.Planning;
using MiniK8s.TestKit.Files;

namespace MiniK8s.Kubelet.Tests.Containers;

/// <summary>Against a real API server in this process.</summary>
public sealed class EnvironmentResolverTests : IAsyncLifetime
{
    private readonly TestFolder folder = TestFolder.Create();
    private readonly MemoryStore store = new(TimeProvider.System);
    private ApiServerHost? server;
    private ApiClient? client;

    public async ValueTask InitializeAsync()
    {
        var options = new ApiServerOptions { SecurePort = null, InsecurePort = 0, DataDirectory = folder.FullPath };
        server = await ApiServerHost.StartAsync(options, new ApiServerParts(), store, NullLoggerFactory.Instance, TimeProvider.System);
        client = new ApiClient(new ClientConfig { Server = server.InsecureUrl! }, TimeProvider.System);
        var metadata = new ObjectMeta { Namespace = "default", Name = "given" };
        await client.CreateAsync(new ConfigMap { Metadata = metadata, Data = new Dictionary<string, string> { ["color"] = "blue", ["size"] = "$(A)" } });
        await client.CreateAsync(new Secret { Metadata = metadata, Data = new Dictionary<string, byte[]> { ["key"] = Encoding.UTF8.GetBytes("käse") } });
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        if (server is not null) await server.DisposeAsync();
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Values_refer_to_those_before_them_and_a_later_one_of_a_name_wins() =>
        Assert.Equal(
            ["A=1", "B=1-$(C)", "C=3"],
            await ResolveAsync(PodCases.Container("a") with { Env = [Value("A", "0"), Value("A", "1"), Value("B", "$(A)-$(C)"), Value("C", "3")] }));

    [Fact]
    public async Task All_of_a_map_comes_with_its_prefix_first_and_is_overridden_by_single_values() =>
        Assert.Equal(
            ["CM_color=blue", "CM_size=S", "key=käse", "D=blue"],
            await ResolveAsync(PodCases.Container("a") with
            {
                EnvFrom =
                [
                    new EnvFromSource { Prefix = "CM_", ConfigMapRef = new ConfigMapEnvSource { Name = "given" } },
                    new EnvFromSource { SecretRef = new SecretEnvSource { Name = "given" } },
                    new EnvFromSource { SecretRef = new SecretEnvSource { Name = "absent", Optional = true } },
                ],
                Env = [Value("CM_size", "S"), Value("D", "$(CM_color)")],
            }));

    [Fact]
    public async Task What_is_missing_is_named()
    {
        Assert.Equal("configmap \"absent\" not found", await RefusalAsync(new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Name = "absent", Key = "x" } }));
        Assert.Equal("couldn't find key x in configmap \"given\"", await RefusalAsync(new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Name = "given", Key = "x" } }));
        Assert.Equal("couldn't find key x in secret \"given\"", await RefusalAsync(new EnvVarSource { SecretKeyRef = new SecretKeySelector { Name = "given", Key = "x" } }));
        Assert.Equal("unsupported fieldPath: status.phase", await RefusalAsync(new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = "status.phase" } }));
        Assert.Equal("container b not found", await RefusalAsync(new EnvVarSource { ResourceFieldRef = new ResourceFieldSelector { ContainerName = "b", Resource = "limits.cpu" } }));
    }

    [Theory]
    [InlineData("metadata.name", "web")]
    [InlineData("metadata.namespace", "default")]
    [InlineData("metadata.uid", "u1")]
    [InlineData("metadata.labels['app']", "shop")]
    [InlineData("metadata.labels['none']", "")]
    [InlineData("spec.nodeName", "n1")]
    [InlineData("status.podIP", "10.244.1.5")]
    [InlineData("status.hostIP", "192.0.2.7")]
    public async Task Fields_of_the_pod_are_read(string path, string expected) =>
        Assert.Equal([$"X={expected}"], await ResolveAsync(From(new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = path } })));

    private static EnvVar Value(string name, string value) => new() { Name = name, Value = value };

    private static Container From(EnvVarSource source) => PodCases.Container("a") with { Env = [new EnvVar { Name = "X", ValueFrom = source }] };

    private async Task<string> RefusalAsync(EnvVarSource source) => (await Assert.ThrowsAsync<ContainerConfigException>(() => ResolveAsync(From(source)))).Message;

    private async Task<IReadOnlyList<string>> ResolveAsync(Container container)
    {
        var pod = PodCases.Pod("a") is var given ? given with { Metadata = given.Metadata with { Labels = new Dictionary<string, string> { ["app"] = "shop" } } } : given;
        var resolved = await new EnvironmentResolver(client!).ResolveAsync(pod, container, new PodAddresses("10.244.1.5", "192.0.2.7"), CancellationToken.None);
        return [.. resolved.Select(pair => $"{pair.Key}={pair.Value}")];
    }
}
