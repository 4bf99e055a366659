using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;
using MiniK8s.Kubelet.Network;
using MiniK8s.Kubelet.Observation;
using MiniK8s.Kubelet.Probing;
using MiniK8s.Kubelet.Volumes;
using MiniK8s.Runtime.Controllers;
using MiniK8s.Runtime.Events;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Kubelet.Sync;

/// <summary>Everything that keeps the node's pods as the API asks, put together.</summary>
internal sealed class PodSync : IAsyncDisposable
{
    // Engine calls take most of a pod's time; this many pods are worked on side by side.
    private const int Workers = 16;

    private readonly EventRecorder recorder;
    private readonly ContainerStopper stopper;
    private readonly Prober prober;
    private readonly ProbeManager probes;
    private readonly Controller controller;
    private readonly Sweeper sweeper;

    /// <summary>Makes it; nothing happens before <see cref="RunAsync"/>.</summary>
    public PodSync(ComponentContext context, IContainerEngine engine, ICache<Pod> pods, PodNetwork network, KubeletOptions options)
    {
        var (clock, loggers) = (context.Clock, context.Loggers);
        recorder = new EventRecorder(context.Client, new EventSource { Component = "kubelet", Host = options.NodeName }, clock, loggers.CreateLogger<EventRecorder>());
        stopper = new ContainerStopper(engine, Wake, clock, loggers.CreateLogger<ContainerStopper>());
        prober = new Prober(engine);
        var events = new PodEvents(recorder);
        probes = new ProbeManager(prober, Outcomes(events), clock, loggers.CreateLogger<ProbeManager>());
        var volumes = new PodVolumes(options.DataDirectory, options.NodeName);
        var api = new PodApi(context.Client);
        var starterParts = new ContainerStarterParts(
            options.NodeName, options.NodeAddress, new ImageProvider(engine), new EnvironmentResolver(context.Client), volumes, events);
        var executorParts = new PodExecutorParts(
            new SandboxStarter(engine, network, new SandboxSettings(options.NodeName, PodNetwork.Name, options.PauseImage)),
            new ContainerStarter(engine, starterParts, loggers.CreateLogger<ContainerStarter>()), stopper, volumes, api, events);
        var executor = new PodExecutor(engine, executorParts, clock, loggers.CreateLogger<PodExecutor>());
        var observer = new EngineObserver(engine, options.NodeName, PodNetwork.Name);
        var reconciler = new PodReconciler(new PodReconcilerParts(pods, observer, executor, api, probes), options, clock);
        controller = new Controller(new ControllerOptions { Name = "pods", Workers = Workers }, reconciler, clock, loggers.CreateLogger<Controller>()).Watch(pods);
        sweeper = new Sweeper(new SweeperParts(engine, observer, pods, volumes), options, Wake, clock, loggers.CreateLogger<Sweeper>());
    }

    /// <summary>Runs until cancelled. The pods go on when it ends.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(controller.RunAsync(cancellationToken), sweeper.RunAsync(cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await probes.DisposeAsync();
        await stopper.DisposeAsync();
        await recorder.DisposeAsync();
        prober.Dispose();
        controller.Dispose();
    }

    private void Wake(ObjectKey pod) => controller.Enqueue(pod);

    private ProbeOutcomes Outcomes(PodEvents events) => new(
        Wake,
        (target, grace) => stopper.Begin(ObjectKey.Of(target.Pod), target.Run.Id, grace),
        (target, probe) => events.Failed(target.Pod, target.Container.Name, "Unhealthy", $"{probe} probe failed"));
}
