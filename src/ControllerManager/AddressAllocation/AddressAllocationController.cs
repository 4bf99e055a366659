using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Networking;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Rest;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.Runtime.Controllers;
using MiniK8s.Runtime.Events;

namespace MiniK8s.ControllerManager.AddressAllocation;

/// <summary>
/// Gives Services the addresses and node ports that they lack. The API server claims what is written in the same transaction, so a
/// choice that somebody else made first is refused there, and another one is made here. Whoever created the Service waits for this.
/// </summary>
internal sealed class AddressAllocationController(
    IApiClient client, ICache<Service> services, AllocationLedger ledger, ServiceNetwork network, EventRecorder events) : IReconciler
{
    /// <summary>How often another choice is made at once; after that the queue's pauses apply.</summary>
    private const int Attempts = 8;

    /// <summary>How soon a full range is looked at again.</summary>
    internal static readonly TimeSpan RetryWhenFull = TimeSpan.FromSeconds(10);

    /// <summary>The controller with its watches.</summary>
    public static Controller Build(ControllerParts parts)
    {
        var services = parts.Cache<Service>();
        var ledger = new AllocationLedger(parts.Clock);
        var controller = new AddressAllocationController(parts.Client, services, ledger, parts.Options.Network, parts.Events);
        return parts.Host("service-allocation", controller, workers: 8).Watch(services, change =>
        {
            ledger.Observe(change);
            return [change.Key];
        });
    }

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var service = services.Get(key);
        ApiException? refusal = null;
        for (var attempt = 0; attempt < Attempts && service is not null; attempt++)
        {
            var looked = service;
            var plan = ledger.Reserve(key, isTaken => AddressAllocationPlanner.Plan(looked, network, isTaken, Random.Shared));
            if (plan is AllocationPlan.Nothing) return ReconcileResult.Done;
            if (plan is AllocationPlan.Exhausted exhausted)
            {
                events.Record(service, EventRecorder.Warning, "AddressesExhausted", exhausted.Message);
                return ReconcileResult.After(RetryWhenFull);
            }

            refusal = await TryWriteAsync((AllocationPlan.Assign)plan, cancellationToken);
            if (refusal is null) return ReconcileResult.Done;
            service = await ReadAgainAsync((AllocationPlan.Assign)plan, refusal, cancellationToken);
        }

        ledger.Release(key);
        return service is null || refusal is null ? ReconcileResult.Done : throw refusal;
    }

    /// <summary>Writes the choice; the answer is the refusal, or null.</summary>
    private async Task<ApiException?> TryWriteAsync(AllocationPlan.Assign assign, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpdateAsync(assign.Service, cancellationToken: cancellationToken);
            return null;
        }
        catch (ApiException refusal) when (refusal.IsConflict || refusal.IsNotFound || refusal.IsInvalid)
        {
            return refusal;
        }
    }

    /// <summary>Learns from the refusal what not to choose again, and reads the Service as it is; null when it is gone.</summary>
    private async Task<Service?> ReadAgainAsync(AllocationPlan.Assign assign, ApiException refusal, CancellationToken cancellationToken)
    {
        if (refusal.IsNotFound) return null;
        var refused = AddressAllocationPlanner.Refused(assign.Chosen, refusal.Status.Details?.Causes.Select(c => c.Field ?? "") ?? []).ToList();
        if (refusal.IsInvalid && refused.Count == 0) throw refusal;
        ledger.Refuse(refused);
        var metadata = assign.Service.Metadata;
        try
        {
            var now = await client.GetAsync<Service>(metadata.Namespace, metadata.Name ?? "", cancellationToken);

            // Nobody changed the Service, so the conflict was about what it was to get.
            if (refusal.IsConflict && now.Metadata.ResourceVersion == metadata.ResourceVersion) ledger.Refuse(assign.Chosen);
            return now;
        }
        catch (ApiException gone) when (gone.IsNotFound)
        {
            return null;
        }
    }
}
