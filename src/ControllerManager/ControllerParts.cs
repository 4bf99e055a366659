using MiniK8s.Api.Declarations;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Feeds;
using MiniK8s.Client.Rest;
using MiniK8s.Runtime.Controllers;
using MiniK8s.Runtime.Events;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.ControllerManager;

/// <summary>What controllers are built from.</summary>
/// <param name="Context">API, caches, time, logs.</param>
/// <param name="Options">What the user chose.</param>
/// <param name="Events">Where they tell users what happens.</param>
internal sealed record ControllerParts(ComponentContext Context, ControllerManagerOptions Options, EventRecorder Events)
{
    /// <summary>The API.</summary>
    public IApiClient Client => Context.Client;

    /// <summary>Time.</summary>
    public TimeProvider Clock => Context.Clock;

    /// <summary>What comes before the controllers work; shared by all parts of one term.</summary>
    public ControllerStart Start { get; } = new();

    /// <summary>The cache of a kind; no controller works before it is complete.</summary>
    public ICache<T> Cache<T>(FeedScope? scope = null) where T : class, IResource<T>
    {
        var cache = Context.Caches.Of<T>(scope);
        Start.Await(cache.WaitForSyncAsync);
        return cache;
    }

    /// <summary>The host that feeds keys to a reconciler.</summary>
    public Controller Host(string name, IReconciler reconciler, int workers = 2) =>
        new(new ControllerOptions { Name = name, Workers = workers }, reconciler, Clock, Context.Loggers.CreateLogger($"MiniK8s.{name}"));
}
