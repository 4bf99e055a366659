using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.NodeLifecycle;

/// <summary>The taints that follow from a node's conditions; those that users set are never touched.</summary>
internal static class NodeTaints
{
    private const string NoSchedule = "NoSchedule";
    private const string NoExecute = "NoExecute";

    private static readonly (string Condition, string Key)[] Pressures =
    [
        ("MemoryPressure", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "node.kubernetes.io/disk-pressure"),
        ("PIDPressure", "node.kubernetes.io/pid-pressure"),
        ("NetworkUnavailable", "node.kubernetes.io/network-unavailable"),
    ];

    private static readonly HashSet<string> Managed =
        [WellKnown.NotReadyTaint, WellKnown.UnreachableTaint, WellKnown.UnschedulableTaint, .. Pressures.Select(p => p.Key)];

    /// <summary>All taints of the node as they should be; null where they are. A taint that stays keeps the time it was added.</summary>
    public static IReadOnlyList<Taint>? Plan(Node node, DateTimeOffset now)
    {
        var wanted = Wanted(node).ToHashSet();
        var kept = node.Taints.Where(t => !Managed.Contains(t.Key) || wanted.Contains((t.Key, t.Effect))).ToList();
        var missing = wanted.Where(w => !kept.Any(t => (t.Key, t.Effect) == w)).Select(w => new Taint { Key = w.Key, Effect = w.Effect, TimeAdded = now }).ToList();
        return missing.Count == 0 && kept.Count == node.Taints.Count ? null : [.. kept, .. missing];
    }

    private static IEnumerable<(string Key, string Effect)> Wanted(Node node)
    {
        foreach (var (condition, key) in Pressures)
        {
            if (node.Condition(condition)?.Status == "True") yield return (key, NoSchedule);
        }

        if (node.Spec?.Unschedulable == true) yield return (WellKnown.UnschedulableTaint, NoSchedule);
        if (node.IsReady) yield break;

        // A node that has just registered and said nothing takes no pods yet, but loses none either.
        var ready = node.Condition("Ready");
        var taint = ready?.Status == "Unknown" ? WellKnown.UnreachableTaint : WellKnown.NotReadyTaint;
        yield return (taint, NoSchedule);
        if (ready is not null) yield return (taint, NoExecute);
    }
}
