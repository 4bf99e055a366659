using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.ControllerManager.EndpointSlices;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.Runtime.Controllers;

namespace MiniK8s.ControllerManager.SliceMirroring;

/// <summary>Keeps slices that repeat hand-made Endpoints. The key is that of the Endpoints and of their Service.</summary>
internal sealed class SliceMirroringController(ICache<Endpoints> endpoints, ICache<Service> services, SliceWriter slices) : IReconciler
{
    /// <summary>The controller with its watches.</summary>
    public static Controller Build(ControllerParts parts)
    {
        var writer = SliceWriter.Of(parts, WellKnown.MirroringController);
        var controller = new SliceMirroringController(parts.Cache<Endpoints>(), parts.Cache<Service>(), writer);
        return writer.WatchBy(parts.Host("endpointslice-mirroring", controller).Watch(parts.Cache<Endpoints>()).Watch(parts.Cache<Service>()));
    }

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (slices.Read(key) is not { } existing) return SliceWriter.Later;
        await slices.WriteAsync(MirroringPlanner.Plan(endpoints.Get(key), services.Get(key), existing), cancellationToken);
        return ReconcileResult.Done;
    }
}
