using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;
using MiniK8s.Client.Caching;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.Scheduling;

/// <summary>Which changes of a node may let a waiting pod in: a heartbeat is none.</summary>
internal static class NodeChanges
{
    /// <summary>Whether pods that wait are worth another look.</summary>
    public static bool MayHelp(CacheChange<Node> change)
    {
        if (change.Current is not { } after) return false;
        if (change.Previous is not { } before) return true;
        return before.Metadata.Uid != after.Metadata.Uid
            || before.IsReady != after.IsReady
            || before.Spec?.Unschedulable != after.Spec?.Unschedulable
            || !before.Taints.SequenceEqual(after.Taints)
            || !LabelMaps.AreEqual(before.Metadata.Labels, after.Metadata.Labels)
            || !SameAmounts(before.Status?.Allocatable, after.Status?.Allocatable);
    }

    private static bool SameAmounts(IReadOnlyDictionary<string, Quantity>? before, IReadOnlyDictionary<string, Quantity>? after) =>
        (before?.Count ?? 0) == (after?.Count ?? 0)
        && (before is null || before.All(entry => after!.TryGetValue(entry.Key, out var amount) && amount == entry.Value));
}
