using Microsoft.Extensions.Logging;
using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.AddressAllocation;
using MiniK8s.ControllerManager.EndpointSlices;
using MiniK8s.ControllerManager.EndpointSubsets;
using MiniK8s.ControllerManager.NamespaceDefaults;
using MiniK8s.ControllerManager.Namespaces;
using MiniK8s.ControllerManager.NodeIpam;
using MiniK8s.ControllerManager.NodeLifecycle;
using MiniK8s.ControllerManager.PodGarbage;
using MiniK8s.ControllerManager.Scheduling;
using MiniK8s.ControllerManager.SliceMirroring;
using MiniK8s.ControllerManager.TaintEviction;
using MiniK8s.Runtime.Controllers;
using MiniK8s.Runtime.Events;
using MiniK8s.Runtime.Hosting;
using MiniK8s.Runtime.Leasing;

namespace MiniK8s.ControllerManager;

/// <summary>All controllers and the scheduler as one part of the control plane.</summary>
/// <param name="context">API, caches, time, logs.</param>
/// <param name="options">What the user chose.</param>
public sealed class ControllerManagerComponent(ComponentContext context, ControllerManagerOptions options) : IComponent
{
    private const string LeaseName = "kube-controller-manager";

    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public string Name => "controller-manager";

    /// <summary>Completes when the controllers work or, where another candidate leads, when this one stands by.</summary>
    public Task Ready => ready.Task;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            options.Check();
        }
        catch (ArgumentException wrong)
        {
            ready.TrySetException(wrong);
            throw;
        }

        if (!options.LeaderElect)
        {
            await WorkAsync(cancellationToken);
            return;
        }

        var elector = new LeaderElector(
            context.Client, new LeaderElectionOptions { Name = LeaseName, Identity = options.Identity }, context.Clock, context.Loggers.CreateLogger<LeaderElector>());
        ready.TrySetResult();
        await elector.RunAsync(WorkAsync, cancellationToken);
    }

    /// <summary>Runs the controllers for one term; each term begins with new ones, which know nothing of the last.</summary>
    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await using var events = Recorder("controller-manager");
        await using var schedulerEvents = Recorder(SchedulingController.SchedulerName);
        var parts = new ControllerParts(context, options, events);
        var controllers = Build(parts, schedulerEvents);
        try
        {
            await parts.Start.RunAsync(cancellationToken);
            var running = controllers.Select(controller => controller.RunAsync(cancellationToken)).ToList();
            ready.TrySetResult();
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop before the caches were complete.
        }
        finally
        {
            foreach (var controller in controllers) controller.Dispose();
        }
    }

    private List<Controller> Build(ControllerParts parts, EventRecorder schedulerEvents)
    {
        List<Controller> controllers =
        [
            AddressAllocationController.Build(parts),
            EndpointsController.Build(parts),
            EndpointSliceController.Build(parts),
            SliceMirroringController.Build(parts),
            NodeLifecycleController.Build(parts),
            TaintEvictionController.Build(parts),
            PodGarbageController.Build(parts),
            NamespaceController.Build(parts),
            NamespaceDefaultsController.Build(parts),
        ];
        if (options.Schedule) controllers.Add(SchedulingController.Build(parts with { Events = schedulerEvents }));
        if (options.ClusterCidrs.Count > 0) controllers.Add(NodeIpamController.Build(parts, options.ClusterCidrs));
        return controllers;
    }

    private EventRecorder Recorder(string component) =>
        new(context.Client, new EventSource { Component = component }, context.Clock, context.Loggers.CreateLogger<EventRecorder>());
}
