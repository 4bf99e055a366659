using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.ApiServer.Hosting;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.Client.Config;
using MiniK8s.Client.Rest;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Kubectl.Tests.World;

/// <summary>
/// An API server in this process, on loopback. Its clock stands still, 400 days ago, so that ages do not change between two looks: the
/// server shows <c>0s</c>, and a client that counts by itself <c>400d</c>.
/// </summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly MemoryStore store;
    private readonly ApiServerHost host;
    private readonly RawApiClient raw;
    private bool stopped;

    private TestServer(MemoryStore store, ApiServerHost host)
    {
        (this.store, this.host) = (store, host);
        raw = new RawApiClient(new ClientConfig { Server = host.InsecureUrl! });
    }

    /// <summary>The address, without a slash at its end.</summary>
    public string Url => host.InsecureUrl!.ToString().TrimEnd('/');

    /// <summary>Starts a server with the default namespaces and nothing else in it.</summary>
    public static async Task<TestServer> StartAsync()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(400));
        var store = new MemoryStore(clock);
        var options = new ApiServerOptions { SecurePort = null, InsecurePort = 0, ServiceAllocationWait = TimeSpan.Zero };
        return new TestServer(store, await ApiServerHost.StartAsync(options, new ApiServerParts(), store, NullLoggerFactory.Instance, clock));
    }

    /// <summary>Runs a command line against this server.</summary>
    public Task<Run> KubectlAsync(params string[] arguments) => Run.OfAsync(["--server", Url, .. arguments]);

    /// <summary>Runs a command line whose <c>-f -</c> reads this text.</summary>
    public Task<Run> KubectlWithInputAsync(string input, params string[] arguments) => Run.OfAsync(["--server", Url, .. arguments], input);

    /// <summary>Creates what a manifest holds, by a command that has its own tests.</summary>
    public async Task CreateAsync(string yaml)
    {
        var run = await KubectlWithInputAsync(yaml, "create", "-f", "-");
        Assert.Equal((0, ""), (run.Code, run.Error));
    }

    /// <summary>Changes an object by a merge patch.</summary>
    public async Task PatchAsync(string path, JsonObject patch)
    {
        var response = await raw.SendAsync(HttpMethod.Patch, path, Encoding.UTF8.GetBytes(patch.ToJsonString()), PatchTypes.Merge);
        response.EnsureSuccess();
    }

    /// <summary>Reads an object.</summary>
    public async Task<JsonObject> GetAsync(string path) => (JsonObject)JsonNode.Parse((await raw.SendAsync(HttpMethod.Get, path)).EnsureSuccess().Body.Span)!;

    /// <summary>Stops answering.</summary>
    public async Task StopAsync()
    {
        if (!stopped) await host.DisposeAsync();
        stopped = true;
    }

    public async ValueTask DisposeAsync()
    {
        raw.Dispose();
        await StopAsync();
        await store.DisposeAsync();
    }
}
