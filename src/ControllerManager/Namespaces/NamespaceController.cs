using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Rest;
using MiniK8s.Runtime.Controllers;

namespace MiniK8s.ControllerManager.Namespaces;

/// <summary>Empties namespaces that are being deleted, and lets them go when nothing is left.</summary>
internal sealed class NamespaceController(IApiClient client, ICache<Namespace> namespaces, TimeProvider clock) : IReconciler
{
    private const string Finalizer = "kubernetes";

    /// <summary>How soon a namespace is looked at again in which objects wait for their end, such as pods in their grace.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>The controller with its watches.</summary>
    public static Controller Build(ControllerParts parts)
    {
        var namespaces = parts.Cache<Namespace>();
        return parts.Host("namespace", new NamespaceController(parts.Client, namespaces, parts.Clock), workers: 4)
            .Watch(namespaces, change => change.Current?.Metadata.DeletionTimestamp is not null ? [change.Key] : []);
    }

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (namespaces.Get(key) is not { Metadata.DeletionTimestamp: not null } cached) return ReconcileResult.Done;
        if (cached.Spec?.Finalizers.Contains(Finalizer) != true) return ReconcileResult.Done;
        try
        {
            var (remaining, failure) = await EmptyAsync(key.Name, cancellationToken);
            var current = await client.GetAsync<Namespace>(null, key.Name, cancellationToken);
            if (current.Metadata.Uid != cached.Metadata.Uid) return ReconcileResult.Done;
            current = await TellAsync(current, remaining, failure, cancellationToken);
            if (remaining.Count > 0 || failure is not null) return ReconcileResult.After(LookAgain);
            await FinalizeAsync(current, cancellationToken);
        }
        catch (ApiException refusal) when (refusal.IsNotFound)
        {
            // Somebody else let it go.
        }

        return ReconcileResult.Done;
    }

    /// <summary>Deletes what can be deleted; a kind that fails does not keep the others.</summary>
    private async Task<(IReadOnlyList<RemainingContent> Remaining, string? Failure)> EmptyAsync(string name, CancellationToken cancellationToken)
    {
        var (remaining, failures) = (new List<RemainingContent>(), new List<string>());
        foreach (var kind in NamespacedKinds.All)
        {
            try
            {
                if (await kind.DeleteAllAsync(client, name, cancellationToken) is { } left) remaining.Add(left);
            }
            catch (Exception failure) when (failure is ApiException or HttpRequestException)
            {
                failures.Add(failure.Message);
            }
        }

        return (remaining, failures.Count == 0 ? null : string.Join("; ", failures));
    }

    private async Task<Namespace> TellAsync(Namespace current, IReadOnlyList<RemainingContent> remaining, string? failure, CancellationToken cancellationToken)
    {
        var status = current.Status ?? new NamespaceStatus();
        var conditions = NamespaceConditions.Plan(status.Conditions, remaining, failure, clock.GetUtcNow());
        return conditions is null ? current
            : await client.UpdateAsync(current with { Status = status with { Conditions = conditions } }, "status", cancellationToken);
    }

    private async Task FinalizeAsync(Namespace current, CancellationToken cancellationToken)
    {
        var left = (current.Spec?.Finalizers ?? []).Where(f => f != Finalizer);
        await client.UpdateAsync(current with { Spec = new NamespaceSpec { Finalizers = [.. left] } }, "finalize", cancellationToken);
    }
}
