using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Client.Feeds;
using MiniK8s.Client.Rest;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.ControllerManager.Tests.World;

/// <summary>A controller manager at work, with a connection and caches of its own, as a process of its own would have.</summary>
internal sealed class RunningControllers : IAsyncDisposable
{
    private readonly ApiClient client;
    private readonly Caches caches;
    private readonly CancellationTokenSource stop = new();
    private readonly Task run;

    private RunningControllers(ApiClient client, ControllerManagerOptions options, TimeProvider clock)
    {
        this.client = client;

        // Only the controllers live on the test's time; the connection lives on the system's.
        var feed = new WatchFeed(client, TimeProvider.System, NullLogger<WatchFeed>.Instance);
        caches = new Caches(feed, NullLoggerFactory.Instance, TimeProvider.System);
        Component = new ControllerManagerComponent(new ComponentContext(client, caches, clock, new TestOutputLogs()), options);
        run = Task.Run(() => Component.RunAsync(stop.Token));
    }

    public ControllerManagerComponent Component { get; }

    public static async Task<RunningControllers> StartAsync(ApiClient client, ControllerManagerOptions options, TimeProvider clock)
    {
        var controllers = new RunningControllers(client, options, clock);
        try
        {
            await controllers.Component.Ready.WaitAsync(TimeSpan.FromSeconds(20));
            return controllers;
        }
        catch
        {
            await controllers.CloseAsync();
            throw;
        }
    }

    /// <summary>Stops in the middle of whatever goes on; may be called twice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested) return;
        await CloseAsync();
        await run;
    }

    private async Task CloseAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAny(run);
        await caches.DisposeAsync();
        client.Dispose();
    }
}
