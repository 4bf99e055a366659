using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Hosting;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.Client.Config;
using MiniK8s.Client.Rest;
using MiniK8s.TestKit;

namespace MiniK8s.ControllerManager.Tests.World;

/// <summary>
/// A real API server in this process, on a memory store and a loopback port of its own, and the controllers that a test starts on it.
/// Tests act through the API and look at what is there afterwards.
/// </summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly MemoryStore store;
    private readonly ApiServerHost server;
    private readonly List<RunningControllers> running = [];

    private TestCluster(MemoryStore store, ApiServerHost server)
    {
        (this.store, this.server) = (store, server);
        Client = NewClient();
    }

    /// <summary>The API as the tests use it.</summary>
    public ApiClient Client { get; }

    public static async Task<TestCluster> StartAsync(Func<ApiServerOptions, ApiServerOptions>? change = null)
    {
        var store = new MemoryStore(TimeProvider.System);
        var options = new ApiServerOptions { SecurePort = null, InsecurePort = 0, ServiceAllocationWait = TimeSpan.FromSeconds(20) };
        var server = await ApiServerHost.StartAsync(change?.Invoke(options) ?? options, new ApiServerParts(), store, NullLoggerFactory.Instance, TimeProvider.System);
        return new TestCluster(store, server);
    }

    /// <summary>Starts a controller manager and waits until it works.</summary>
    /// <param name="options">Its options; the defaults when null.</param>
    /// <param name="clock">Its time; the system's when null.</param>
    public async Task<RunningControllers> RunControllersAsync(ControllerManagerOptions? options = null, TimeProvider? clock = null)
    {
        var controllers = await RunningControllers.StartAsync(NewClient(), options ?? new(), clock ?? TimeProvider.System);
        running.Add(controllers);
        return controllers;
    }

    /// <summary>Creates an object, and writes its status where it has one, as kubelets do.</summary>
    public async Task<T> CreateAsync<T>(T value) where T : class, IResource<T>
    {
        var made = await Client.CreateAsync(value);
        return value is not (Pod { Status: not null } or Node { Status: not null }) ? made
            : await ChangeAsync<T>(made.Metadata.Namespace, made.Metadata.Name!, now => value.WithMetadata(now.Metadata), "status");
    }

    /// <summary>Changes an object as it is now; again when somebody else was faster.</summary>
    public async Task<T> ChangeAsync<T>(string? @namespace, string name, Func<T, T> change, string? subresource = null) where T : class, IResource<T>
    {
        while (true)
        {
            try
            {
                return await Client.UpdateAsync(change(await Client.GetAsync<T>(@namespace, name)), subresource);
            }
            catch (ApiException lost) when (lost.IsConflict)
            {
                // Somebody else wrote in between.
            }
        }
    }

    /// <summary>The object; null when there is none.</summary>
    public async Task<T?> FindAsync<T>(string? @namespace, string name) where T : class, IResource<T>
    {
        try
        {
            return await Client.GetAsync<T>(@namespace, name);
        }
        catch (ApiException refusal) when (refusal.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Waits until the object is there and meets the condition.</summary>
    public async Task<T> UntilAsync<T>(string? @namespace, string name, Func<T, bool> condition, string because) where T : class, IResource<T>
    {
        T? last = null;
        try
        {
            await Eventually.TrueAsync(async () => (last = await FindAsync<T>(@namespace, name)) is { } value && condition(value), because);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{because}; but {T.Info.Kind} {name} is {(last is null ? "not there" : System.Text.Encoding.UTF8.GetString(Api.Serialization.ApiSerializer.Serialize(last)))}");
        }

        return last!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var controllers in running) await controllers.DisposeAsync();
        Client.Dispose();
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    private ApiClient NewClient() => new(new ClientConfig { Server = server.InsecureUrl! }, TimeProvider.System);
}
