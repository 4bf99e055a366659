using Microsoft.Extensions.Logging;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Feeds;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Network;
using MiniK8s.Kubelet.Nodes;
using MiniK8s.Kubelet.Sync;
using MiniK8s.Runtime.Controllers;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Kubelet;

/// <summary>
/// The kubelet of one node: registers it, has a network for its pods, and keeps each pod that is bound to it as the API asks.
/// </summary>
public sealed class KubeletComponent : IComponent, IDisposable
{
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
            var registration = new NodeRegistration(context.Client, engine, options, context.Clock, context.Loggers.CreateLogger<NodeRegistration>());
            await Persistently("reach the container engine", () => engine.PingAsync(cancellationToken), cancellationToken);
            await Persistently("register the node", () => registration.RegisterAsync(cancellationToken), cancellationToken);
            var ports = new BridgePorts(PodNetwork.Bridge, context.Loggers.CreateLogger<BridgePorts>());
            var network = new PodNetwork(engine, ports, options.NodeName, options.MasqueradePods, context.Loggers.CreateLogger<PodNetwork>());
            using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAll(
                Guarded(registration.RunAsync, failed),
                Guarded(token => RunNetworkAsync(network, token), failed),
                Guarded(token => RunPodsAsync(network, token), failed));
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

    // The loops survive what goes wrong in them. Should one end all the same, the others must not go on as half a kubelet.
    private static async Task Guarded(Func<CancellationToken, Task> loop, CancellationTokenSource failed)
    {
        try
        {
            await loop(failed.Token);
        }
        finally
        {
            await failed.CancelAsync();
        }
    }

    private async Task RunNetworkAsync(PodNetwork network, CancellationToken cancellationToken)
    {
        var nodes = context.Caches.Of<Node>();
        var sync = new NodeNetworkSync(nodes, network, new RouteTable(context.Loggers.CreateLogger<RouteTable>()), options);
        using var controller = new Controller(new ControllerOptions { Name = "node-network", Workers = 1 }, sync, context.Clock, context.Loggers.CreateLogger<Controller>())
            .Watch(nodes, change => NodeNetworkSync.Concerns(change) ? [NodeNetworkSync.Key] : []);
        controller.Enqueue(NodeNetworkSync.Key);
        await controller.RunAsync(cancellationToken);
    }

    private async Task RunPodsAsync(PodNetwork network, CancellationToken cancellationToken)
    {
        var pods = context.Caches.Of<Pod>(new FeedScope(FieldSelector: $"spec.nodeName={options.NodeName}"));
        await network.Made.WaitAsync(cancellationToken);
        await pods.WaitForSyncAsync(cancellationToken);
        await using var sync = new PodSync(context, engine, pods, network, options);
        ready.TrySetResult();
        log.LogInformation("Kubelet of node {Node} is ready", options.NodeName);
        await sync.RunAsync(cancellationToken);
    }

    // API server and engine may come up after the kubelet, or go away for a while: both are waited for.
    private async Task Persistently(string what, Func<Task> action, CancellationToken cancellationToken)
    {
        string? said = null;
        while (true)
        {
            try
            {
                await action();
                return;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                if (error.Message != said) log.LogWarning("Cannot {What} yet: {Message}", what, error.Message);
                said = error.Message;
                await Task.Delay(RetryDelay, context.Clock, cancellationToken);
            }
        }
    }
}
