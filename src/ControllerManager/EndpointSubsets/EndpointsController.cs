using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Rest;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.ControllerManager.ServiceEndpoints;
using MiniK8s.Runtime.Controllers;

namespace MiniK8s.ControllerManager.EndpointSubsets;

/// <summary>Keeps the Endpoints of Services with a selector. The key is that of the Service.</summary>
internal sealed class EndpointsController(
    IApiClient client, ICache<Service> services, ICache<Pod> pods, ICache<Endpoints> endpoints, OrphanedEndpoints orphans) : IReconciler
{
    private readonly TriggerTimes triggerTimes = new();

    /// <summary>The controller with its watches.</summary>
    public static Controller Build(ControllerParts parts)
    {
        var index = new ServiceIndex();
        var (services, endpoints) = (parts.Cache<Service>(), parts.Cache<Endpoints>());
        var orphans = new OrphanedEndpoints();
        parts.Start.Then(() => orphans.TakeStock(endpoints, services));
        var controller = new EndpointsController(parts.Client, services, parts.Cache<Pod>(), endpoints, orphans);
        return parts.Host("endpoints", controller, workers: 4)
            .Watch(services, change =>
            {
                index.Observe(change);
                orphans.Observe(change);
                return [change.Key];
            })
            .Watch(parts.Cache<Pod>(), index.Touched)
            .Watch(endpoints);
    }

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var existing = endpoints.Get(key);
        if (services.Get(key) is not { } service)
        {
            triggerTimes.Forget(key);
            if (existing is not null && orphans.Contains(existing)) await client.DeleteExactlyAsync(existing, null, cancellationToken);
            orphans.Forget(key);
            return ReconcileResult.Done;
        }

        if (!service.SelectsPods || service.AwaitsClusterIP || service.Metadata.DeletionTimestamp is not null) return ReconcileResult.Done;
        var selected = pods.List(key.Namespace).Where(pod => service.Selects(pod.Metadata.Labels)).ToList();
        switch (EndpointsPlanner.Plan(service, selected, existing, triggerTimes.Take(service, selected)))
        {
            case EndpointsPlan.Create create:
                await CreateAsync(create.Value, cancellationToken);
                break;
            case EndpointsPlan.Update update:
                await client.UpdateAsync(update.Value, cancellationToken: cancellationToken);
                break;
        }

        return ReconcileResult.Done;
    }

    private async Task CreateAsync(Endpoints value, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(value, cancellationToken);
        }
        catch (ApiException refusal) when (refusal.IsNamespaceTerminating)
        {
            // Everything in the namespace goes.
        }
    }
}
