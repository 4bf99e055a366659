using System.Collections.Concurrent;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Rest;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.Runtime.Controllers;

namespace MiniK8s.ControllerManager.PodGarbage;

/// <summary>
/// Deletes pods that are bound to a node that does not exist: nobody else ends their graceful deletion or says that they stopped
/// (pkg/controller/podgc). The key is that of the node.
/// </summary>
internal sealed class PodGarbageController(
    IApiClient client, ICache<Node> nodes, ICache<Pod> pods, ControllerManagerOptions options, TimeProvider clock) : IReconciler
{
    private readonly ConcurrentDictionary<string, long> missingSince = new();

    /// <summary>The controller with its watches.</summary>
    public static Controller Build(ControllerParts parts)
    {
        var (nodes, pods) = (parts.Cache<Node>(), parts.Cache<Pod>());
        var controller = new PodGarbageController(parts.Client, nodes, pods, parts.Options, parts.Clock);
        return parts.Host("pod-garbage", controller)
            .Watch(nodes, change => change.Current is null || change.Previous is null ? [change.Key] : [])
            .Watch(pods, change => change.Current is { NodeName.Length: > 0 } pod && nodes.Get(new ObjectKey("", pod.NodeName)) is null
                ? [new ObjectKey("", pod.NodeName)] : []);
    }

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var orphans = nodes.Get(key) is null ? pods.List().Where(pod => pod.NodeName == key.Name).ToList() : [];
        if (orphans.Count == 0)
        {
            missingSince.TryRemove(key.Name, out _);
            return ReconcileResult.Done;
        }

        // A node that registers again under its name keeps its pods.
        var missing = clock.GetElapsedTime(missingSince.GetOrAdd(key.Name, _ => clock.GetTimestamp()));
        if (missing < options.NodeAbsenceGracePeriod) return ReconcileResult.After(options.NodeAbsenceGracePeriod - missing);
        if (await ExistsAsync(key.Name, cancellationToken)) return ReconcileResult.After(options.NodeAbsenceGracePeriod);
        foreach (var pod in orphans) await client.DeleteExactlyAsync(pod, graceSeconds: 0, cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>Asks the API, not the cache: deleting the pods of a node that runs them cannot be taken back.</summary>
    private async Task<bool> ExistsAsync(string node, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetAsync<Node>(null, node, cancellationToken);
            return true;
        }
        catch (ApiException refusal) when (refusal.IsNotFound)
        {
            return false;
        }
    }
}
