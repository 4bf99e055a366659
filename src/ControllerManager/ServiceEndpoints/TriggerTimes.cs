using System.Collections.Concurrent;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.ServiceEndpoints;

/// <summary>
/// Remembers for each Service which changes its endpoints have shown already, so that a write can say since when it was due
/// (the annotation <c>last-change-trigger-time</c>, from which proxies measure programming latency).
/// </summary>
internal sealed class TriggerTimes
{
    private readonly ConcurrentDictionary<ObjectKey, Seen> seen = new();

    /// <summary>The earliest change of the Service or its pods since the last call; null where nothing new happened.</summary>
    public DateTimeOffset? Take(Service service, IReadOnlyCollection<Pod> pods)
    {
        var key = ObjectKey.Of(service);
        var before = seen.GetValueOrDefault(key);
        var now = new Seen(service.Metadata.CreationTimestamp, pods.ToDictionary(pod => pod.Metadata.Name ?? "", ReadyChange));
        seen[key] = now;

        DateTimeOffset? earliest = now.Service > (before?.Service ?? DateTimeOffset.MinValue) ? now.Service : null;
        foreach (var (name, time) in now.Pods)
        {
            var known = before?.Pods.GetValueOrDefault(name) ?? DateTimeOffset.MinValue;
            if (time > known && (earliest is null || time < earliest)) earliest = time;
        }

        return earliest;
    }

    /// <summary>Forgets a Service that is gone.</summary>
    public void Forget(ObjectKey service) => seen.TryRemove(service, out _);

    private static DateTimeOffset? ReadyChange(Pod pod) => pod.Status?.Conditions.FirstOrDefault(c => c.Type == "Ready")?.LastTransitionTime;

    private sealed record Seen(DateTimeOffset? Service, IReadOnlyDictionary<string, DateTimeOffset?> Pods);
}
