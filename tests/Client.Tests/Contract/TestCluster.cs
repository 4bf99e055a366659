using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ApiServer.Hosting;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.Client.Config;
using MiniK8s.Client.Rest;
using MiniK8s.TestKit.Servers;

namespace MiniK8s.Client.Tests.Contract;

/// <summary>The real API server in this process, on a store of its own that outlives the server's restarts.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    /// <summary>The namespace of the tests' objects.</summary>
    internal const string Space = "default";

    private readonly int _port = FreePorts.Next();
    private ApiServerHost? _host;

    private TestCluster()
    {
        Config = new ClientConfig { Server = new Uri($"http://127.0.0.1:{_port}") };
        Client = new ApiClient(Config);
    }

    internal MemoryStore Store { get; } = new(TimeProvider.System);

    internal ClientConfig Config { get; }

    internal ApiClient Client { get; }

    internal static async Task<TestCluster> StartAsync()
    {
        var cluster = new TestCluster();
        await cluster.StartServerAsync();
        return cluster;
    }

    /// <summary>Starts the server, at the same port as before.</summary>
    internal async Task StartServerAsync()
    {
        // A short history, so that a watch that was away for long meets 410.
        var options = new ApiServerOptions { SecurePort = null, InsecurePort = _port, WatchHistory = 16, BookmarkInterval = TimeSpan.FromSeconds(1) };
        _host = await ApiServerHost.StartAsync(options, new ApiServerParts(), Store, NullLoggerFactory.Instance, TimeProvider.System);
        // The client may not have heard yet that the connection to the server before is gone. A read that meets it is sent once more on
        // another, a write is not: the server might have done it.
        await Client.ListAsync<Namespace>(null);
    }

    internal async Task StopServerAsync()
    {
        if (_host is { } host)
        {
            _host = null;
            await host.DisposeAsync();
        }
    }

    /// <summary>Creates the object, or gives it another value.</summary>
    internal async Task PutAsync(string name, string value, string app = "web")
    {
        var map = new ConfigMap
        {
            Metadata = new ObjectMeta { Namespace = Space, Name = name, Labels = new Dictionary<string, string> { ["app"] = app } },
            Data = new Dictionary<string, string> { ["value"] = value },
        };
        try
        {
            await Client.CreateAsync(map);
        }
        catch (ApiException e) when (e.IsAlreadyExists)
        {
            await Client.UpdateAsync(map);
        }
    }

    internal Task DeleteAsync(string name) => Client.DeleteAsync<ConfigMap>(Space, name);

    /// <summary>What is there, as text: two states are equal when these are.</summary>
    internal async Task<string> StateAsync() => StateText.Of((await Client.ListAsync<ConfigMap>(Space)).Items);

    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        Client.Dispose();
        await Store.DisposeAsync();
    }
}
