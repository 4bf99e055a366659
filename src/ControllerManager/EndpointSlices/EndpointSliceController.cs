using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.ControllerManager.EndpointSlices.Topology;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.ControllerManager.ServiceEndpoints;
using MiniK8s.Runtime.Controllers;

namespace MiniK8s.ControllerManager.EndpointSlices;

/// <summary>Keeps the EndpointSlices of Services with a selector. The key is that of the Service.</summary>
internal sealed class EndpointSliceController(
    EndpointSliceController.Views views, SliceWriter slices, TopologyIndex topology, HintEvents hints) : IReconciler
{
    private static readonly TimeSpan NodeWait = TimeSpan.FromSeconds(5);

    private readonly TriggerTimes triggerTimes = new();

    /// <summary>What the controller reads.</summary>
    internal sealed record Views(ICache<Service> Services, ICache<Pod> Pods, ICache<Node> Nodes);

    /// <summary>The controller with its watches.</summary>
    public static Controller Build(ControllerParts parts)
    {
        var views = new Views(parts.Cache<Service>(), parts.Cache<Pod>(), parts.Cache<Node>());
        var (index, topology) = (new ServiceIndex(), new TopologyIndex());
        var writer = SliceWriter.Of(parts, WellKnown.SliceController);
        var controller = new EndpointSliceController(views, writer, topology, new HintEvents(parts.Events));
        var host = parts.Host("endpointslices", controller, workers: 4)
            .Watch(views.Services, change =>
            {
                index.Observe(change);
                topology.Observe(change);
                return [change.Key];
            })
            .Watch(views.Pods, index.Touched)
            .Watch(views.Nodes, topology.Touched);
        return writer.WatchBy(host);
    }

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (slices.Read(key) is not { } existing) return SliceWriter.Later;
        if (views.Services.Get(key) is not { } service)
        {
            triggerTimes.Forget(key);
            hints.Forget(key);
            await slices.WriteAsync(new SlicePlan([], [], existing), cancellationToken);
            return ReconcileResult.Done;
        }

        // Without a selector the slices are somebody else's; without its address it is not known yet which the Service is to have.
        if (!service.SelectsPods || service.AwaitsClusterIP) return ReconcileResult.Done;
        var selected = views.Pods.List(key.Namespace).Where(pod => service.Selects(pod.Metadata.Labels)).ToList();
        var (plan, onMissingNodes) = EndpointSlicePlanner.Plan(new()
        {
            Service = service, Pods = selected, Existing = existing, Nodes = name => views.Nodes.Get(new ObjectKey("", name)),
            TriggerTime = triggerTimes.Take(service, selected), Shares = topology.Shares,
        });
        await slices.WriteAsync(plan, cancellationToken);
        hints.Tell(service, plan.Hints);
        return onMissingNodes.Count > 0 ? ReconcileResult.After(NodeWait) : ReconcileResult.Done;
    }
}
