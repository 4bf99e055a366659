using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Feeds;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;
using MiniK8s.Kubelet.Network;
using MiniK8s.Kubelet.Nodes;
using MiniK8s.Kubelet.Observation;
using MiniK8s.Kubelet.Probing;
using MiniK8s.Kubelet.Sync;
using MiniK8s.Kubelet.Volumes;
using MiniK8s.Runtime.Controllers;
using MiniK8s.Runtime.Events;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Kubelet;

/// <summary>
/// The kubelet of one node: registers it, has a network for its pods, and keeps each pod that is bound to it as the API asks.
/// </summary>
public sealed class KubeletComponent : IComponent, IDisposable
{
    // Engine calls take most of a pod's time; this many pods are worked on side by side.
    private const int Workers = 16;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ComponentContext context;
    private readonly KubeletOptions options;
    private readonly DockerClient engine;
    private readonly ILogger<KubeletComponent> log;

    /// <summary>Makes a kubelet; nothing happens before <see cref="RunAsync"/>.</summary>
    public KubeletComponent(ComponentContext context, KubeletOptions options)
    {
        (this.context, this.options) = (context, options);
        engine = new DockerClient(options.DockerHost, new DockerClientOptions { Clock = context.Clock });
        log = context.Loggers.CreateLogger<KubeletComponent>();
    }

    /// <inheritdoc/>
    public string Name => "kubelet";

    /// <inheritdoc/>
    public Task Ready => ready.Task;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await engine.VersionAsync(cancellationToken);
            var registration = new NodeRegistration(context.Client, engine, options, context.Clock, context.Loggers.CreateLogger<NodeRegistration>());
            await Persistently("register the node", () => registration.RegisterAsync(cancellationToken), cancellationToken);
            // The lease must stay fresh while the network is waited for.
            var heartbeat = registration.RunAsync(cancellationToken);
            var subnet = await Persistently("learn the node's pod subnet", () => registration.WaitForSubnetAsync(cancellationToken), cancellationToken);
            var network = new PodNetwork(engine, options.MasqueradePods, context.Loggers.CreateLogger<PodNetwork>());
            await Persistently("make the pod network", () => Done(network.EnsureAsync(subnet, cancellationToken)), cancellationToken);
            await Task.WhenAll(heartbeat, RunPodsAsync(cancellationToken), RunRoutesAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ready.TrySetCanceled(cancellationToken);
        }
        catch (Exception error)
        {
            ready.TrySetException(error);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => engine.Dispose();

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }

    private async Task RunPodsAsync(CancellationToken cancellationToken)
    {
        var pods = context.Caches.Of<Pod>(new FeedScope(FieldSelector: $"spec.nodeName={options.NodeName}"));
        var observer = new EngineObserver(engine, options.NodeName, PodNetwork.Name);
        using var prober = new Prober(engine);
        Controller? controller = null;
        await using var probes = new ProbeManager(prober, key => controller?.Enqueue(key), context.Clock, context.Loggers.CreateLogger<ProbeManager>());
        await using var events = new EventRecorder(
            context.Client, new EventSource { Component = "kubelet", Host = options.NodeName }, context.Clock, context.Loggers.CreateLogger<EventRecorder>());
        var api = new PodApi(context.Client);
        var executor = new PodExecutor(engine, Parts(api, events), context.Clock, context.Loggers.CreateLogger<PodExecutor>());
        var reconciler = new PodReconciler(new PodReconcilerParts(pods, observer, executor, api, probes), options, context.Clock);
        using var running = controller = new Controller(
            new ControllerOptions { Name = "pods", Workers = Workers }, reconciler, context.Clock, context.Loggers.CreateLogger<Controller>()).Watch(pods);
        await pods.WaitForSyncAsync(cancellationToken);
        var sweeper = new Sweeper(engine, observer, pods, options, controller.Enqueue);
        ready.TrySetResult();
        log.LogInformation("Kubelet of node {Node} is ready", options.NodeName);
        await Task.WhenAll(controller.RunAsync(cancellationToken), sweeper.RunAsync(context.Clock, context.Loggers.CreateLogger<Sweeper>(), cancellationToken));
    }

    private PodExecutorParts Parts(PodApi api, EventRecorder events) =>
        new PodExecutorParts(
            new SandboxSettings(options.NodeName, PodNetwork.Name, options.PauseImage),
            new ImageProvider(engine),
            new EnvironmentResolver(context.Client),
            new PodVolumes(options.DataDirectory),
            api,
            events,
            options.NodeAddress);

    private async Task RunRoutesAsync(CancellationToken cancellationToken)
    {
        var nodes = context.Caches.Of<Node>();
        var sync = new RouteSync(nodes, options.NodeName, context.Loggers.CreateLogger<RouteSync>());
        // All routes are one thing: whichever node changes, one key stands for the work.
        var all = new ObjectKey("", "routes");
        using var controller = new Controller(new ControllerOptions { Name = "routes", Workers = 1 }, sync, context.Clock, context.Loggers.CreateLogger<Controller>())
            .Watch(nodes, change => ChangesRoutes(change) ? [all] : []);
        controller.Enqueue(all);
        await controller.RunAsync(cancellationToken);
    }

    private static bool ChangesRoutes(CacheChange<Node> change) =>
        change.Previous?.Spec?.PodCIDR != change.Current?.Spec?.PodCIDR || Address(change.Previous) != Address(change.Current);

    private static string? Address(Node? node) => node is null ? null : RoutePlanner.AddressOf(node);

    // The API server may come up after its kubelets, or go away for a while: both are waited for.
    private async Task<T> Persistently<T>(string what, Func<Task<T>> action, CancellationToken cancellationToken)
    {
        string? said = null;
        while (true)
        {
            try
            {
                return await action();
            }
            catch (Exception error) when (error is not (OperationCanceledException or InvalidOperationException))
            {
                if (error.Message != said) log.LogWarning("Cannot {What} yet: {Message}", what, error.Message);
                said = error.Message;
                await Task.Delay(RetryDelay, context.Clock, cancellationToken);
            }
        }
    }
}
