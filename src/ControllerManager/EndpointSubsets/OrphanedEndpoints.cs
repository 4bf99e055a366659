using System.Collections.Concurrent;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.EndpointSubsets;

/// <summary>
/// Which Endpoints have lost their Service: those whose Service was deleted while this process looked on, and those that had none
/// when it began. Endpoints that somebody makes before their Service are neither, and election records of old clients never.
/// </summary>
internal sealed class OrphanedEndpoints
{
    private readonly ConcurrentDictionary<ObjectKey, bool> orphans = new();

    /// <summary>Notes what has no Service now, at the start, when both caches are complete.</summary>
    public void TakeStock(ICache<Endpoints> endpoints, ICache<Service> services)
    {
        foreach (var key in endpoints.List().Select(e => ObjectKey.Of(e)).Where(key => services.Get(key) is null)) orphans[key] = true;
    }

    /// <summary>Takes a change of a Service in.</summary>
    public void Observe(CacheChange<Service> change)
    {
        if (change.Current is null) orphans[change.Key] = true;
        else orphans.TryRemove(change.Key, out _);
    }

    /// <summary>Whether the Endpoints are to be deleted.</summary>
    public bool Contains(Endpoints endpoints) =>
        orphans.ContainsKey(ObjectKey.Of(endpoints)) && !endpoints.Metadata.Annotations.ContainsKey(WellKnown.LeaderAnnotation);

    /// <summary>The Endpoints are deleted, or there are none.</summary>
    public void Forget(ObjectKey key) => orphans.TryRemove(key, out _);
}
