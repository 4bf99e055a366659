using System.Collections.Concurrent;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.ServiceEndpoints;

/// <summary>
/// Services with a selector by namespace, so that a change of a pod costs the Services of its namespace and no more. It follows
/// the cache of Services through <see cref="Observe"/>; reads take no lock.
/// </summary>
internal sealed class ServiceIndex
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<ObjectKey, Service>> byNamespace = new();

    /// <summary>Takes a change of a Service in. Called from one thread at a time.</summary>
    public void Observe(CacheChange<Service> change)
    {
        var services = byNamespace.GetOrAdd(change.Key.Namespace, _ => new());
        if (change.Current is { } service && service.SelectsPods) services[change.Key] = service;
        else services.TryRemove(change.Key, out _);
        if (services.IsEmpty) byNamespace.TryRemove(change.Key.Namespace, out _);
    }

    /// <summary>
    /// The Services whose endpoints the change of a pod may alter: those that select it where its endpoint changed, and those that
    /// began or ceased to select it where only its labels changed.
    /// </summary>
    public IReadOnlyList<ObjectKey> Touched(CacheChange<Pod> change)
    {
        if (!byNamespace.TryGetValue(change.Key.Namespace, out var services)) return [];
        var (before, after) = (change.Previous, change.Current);
        var contentChanged = before is null || after is null || PodMembership.EndpointChanged(before, after);
        if (!contentChanged && SameLabels(before!, after!)) return [];

        var touched = new List<ObjectKey>();
        foreach (var (key, service) in services)
        {
            var selected = before is not null && service.Selects(before.Metadata.Labels);
            var selects = after is not null && service.Selects(after.Metadata.Labels);
            if (contentChanged ? selected || selects : selected != selects) touched.Add(key);
        }

        return touched;
    }

    private static bool SameLabels(Pod before, Pod after) => LabelMaps.AreEqual(before.Metadata.Labels, after.Metadata.Labels);
}
