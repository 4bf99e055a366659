using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api.Core.V1;
using MiniK8s.ApiServer.Hosting;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.Client.Config;
using MiniK8s.Client.Rest;
using MiniK8s.ControllerManager;
using MiniK8s.E2E.Tests.Clusters;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.E2E.Tests.Docs;

/// <summary>The code on the pages about embedding, compiled and run. What stands between the marks stands there too.</summary>
public class EmbeddingTests
{
    private const string Source = "tests/E2E/Docs/EmbeddingTests.cs";

    [Fact]
    public async Task A_server_in_memory_keeps_what_a_client_gives_it()
    {
        // <server>
        await using var store = new MemoryStore(TimeProvider.System);
        var options = new ApiServerOptions { SecurePort = null, InsecurePort = 0, ServiceAllocationWait = TimeSpan.Zero };
        await using var server = await ApiServerHost.StartAsync(options, new ApiServerParts(), store, NullLoggerFactory.Instance, TimeProvider.System);

        using var client = new ApiClient(new ClientConfig { Server = server.InsecureUrl! });
        await client.CreateAsync(new ConfigMap { Metadata = new() { Namespace = "default", Name = "colours" }, Data = new Dictionary<string, string> { ["sky"] = "blue" } });
        var found = await client.GetAsync<ConfigMap>("default", "colours");
        // </server>
        Assert.Equal("blue", found.Data["sky"]);
    }

    [Fact]
    public async Task With_controllers_a_service_has_its_address_when_it_is_created()
    {
        // <controllers>
        await using var store = new MemoryStore(TimeProvider.System);
        var options = new ApiServerOptions { SecurePort = null, InsecurePort = 0 };
        await using var server = await ApiServerHost.StartAsync(options, new ApiServerParts(), store, NullLoggerFactory.Instance, TimeProvider.System);

        var config = new ClientConfig { Server = server.InsecureUrl! };
        await using var context = ComponentContextFactory.Create(config, new ConnectionSettings(), "controllers", NullLoggerFactory.Instance);
        using var stop = new CancellationTokenSource();
        var controllers = new ControllerManagerComponent(context.Context, new ControllerManagerOptions());
        var running = controllers.RunAsync(stop.Token);
        await controllers.Ready;

        using var client = new ApiClient(config);
        var service = await client.CreateAsync(new Service
        {
            Metadata = new() { Namespace = "default", Name = "web" },
            Spec = new() { Selector = new Dictionary<string, string> { ["app"] = "web" }, Ports = [new() { Port = 80, TargetPort = 8080 }] },
        });
        await stop.CancelAsync();
        await running;
        // </controllers>
        Assert.StartsWith("10.96.", service.Spec!.ClusterIP, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/embedding.md")]
    public void The_pages_show_the_code_of_these_tests(string page)
    {
        var blocks = MarkdownFile.Read(page).Blocks.Where(block => block.Language == "csharp").ToList();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block =>
        {
            Assert.StartsWith("snippet=", Assert.Single(block.Marks), StringComparison.Ordinal);
            Assert.Equal(Snippet(block.Marks[0]["snippet=".Length..]), block.Text);
        });
    }

    private static string Snippet(string name)
    {
        const int Indent = 8;
        var lines = File.ReadAllLines(Path.Combine(Programs.Repository, Source)).Select(line => line.Length > Indent ? line[Indent..] : line.Trim()).ToList();
        var first = lines.IndexOf($"// <{name}>") + 1;
        return string.Concat(lines[first..lines.IndexOf($"// </{name}>")].Select(line => line + "\n"));
    }
}
