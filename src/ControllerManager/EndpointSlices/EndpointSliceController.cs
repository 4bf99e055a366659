using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.ControllerManager.ServiceEndpoints;
using MiniK8s.Runtime.Controllers;

namespace MiniK8s.ControllerManager.EndpointSlices;

/// <summary>Keeps the EndpointSlices of Services with a selector. The key is that of the Service.</summary>
internal sealed class EndpointSliceController(
    ICache<Service> services, ICache<Pod> pods, ICache<Node> nodes, SliceWriter slices) : IReconciler
{
    private static readonly TimeSpan NodeWait = TimeSpan.FromSeconds(5);

    private readonly TriggerTimes triggerTimes = new();

    /// <summary>The controller with its watches.</summary>
    public static Controller Build(ControllerParts parts)
    {
        var index = new ServiceIndex();
        var writer = SliceWriter.Of(parts, WellKnown.SliceController);
        var controller = new EndpointSliceController(parts.Cache<Service>(), parts.Cache<Pod>(), parts.Cache<Node>(), writer);
        var host = parts.Host("endpointslices", controller, workers: 4)
            .Watch(parts.Cache<Service>(), change =>
            {
                index.Observe(change);
                return [change.Key];
            })
            .Watch(parts.Cache<Pod>(), index.Touched)
            .Watch(parts.Cache<Node>(), _ => []);
        return writer.WatchBy(host);
    }

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (slices.Read(key) is not { } existing) return SliceWriter.Later;
        if (services.Get(key) is not { } service)
        {
            triggerTimes.Forget(key);
            await slices.WriteAsync(new SlicePlan([], [], existing), cancellationToken);
            return ReconcileResult.Done;
        }

        // Without a selector the slices are somebody else's; without its address it is not known yet which the Service is to have.
        if (!service.SelectsPods || service.AwaitsClusterIP) return ReconcileResult.Done;
        var selected = pods.List(key.Namespace).Where(pod => service.Selects(pod.Metadata.Labels)).ToList();
        var (plan, onMissingNodes) = EndpointSlicePlanner.Plan(new()
        {
            Service = service, Pods = selected, Existing = existing, Nodes = name => nodes.Get(new ObjectKey("", name)),
            TriggerTime = triggerTimes.Take(service, selected),
        });
        await slices.WriteAsync(plan, cancellationToken);
        return onMissingNodes.Count > 0 ? ReconcileResult.After(NodeWait) : ReconcileResult.Done;
    }
}
