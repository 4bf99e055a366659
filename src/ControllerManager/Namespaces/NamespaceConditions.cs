using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.Namespaces;

/// <summary>What is left of one kind in a namespace that is being emptied.</summary>
/// <param name="Resource">Such as <c>pods</c> or <c>endpointslices.discovery.k8s.io</c>.</param>
/// <param name="Count">How many objects.</param>
/// <param name="Finalizers">For each finalizer how many of them wait for it.</param>
internal sealed record RemainingContent(string Resource, int Count, IReadOnlyDictionary<string, int> Finalizers);

/// <summary>Tells users why their namespace is still there (pkg/controller/namespace/deletion/status_condition_utils.go).</summary>
internal static class NamespaceConditions
{
    /// <summary>The conditions of a terminating namespace; null where they are right.</summary>
    /// <param name="current">Those it has.</param>
    /// <param name="remaining">What is left of each kind; kinds of which nothing is left do not stand in it.</param>
    /// <param name="failure">Why something could not be deleted; null where nothing failed.</param>
    /// <param name="now">The time, for conditions that turn.</param>
    public static IReadOnlyList<NamespaceCondition>? Plan(
        IReadOnlyList<NamespaceCondition> current, IReadOnlyList<RemainingContent> remaining, string? failure, DateTimeOffset now)
    {
        NamespaceCondition[] wanted = [Deletion(failure), Content(remaining), Finalizers(remaining)];
        var result = current.ToList();
        var changed = false;
        foreach (var condition in wanted)
        {
            var index = result.FindIndex(c => c.Type == condition.Type);
            if (index >= 0 && Same(result[index], condition)) continue;
            changed = true;
            var turned = index < 0 || result[index].Status != condition.Status;
            var dated = condition with { LastTransitionTime = turned ? now : result[index].LastTransitionTime };
            if (index < 0) result.Add(dated);
            else result[index] = dated;
        }

        return changed ? result : null;
    }

    private static NamespaceCondition Deletion(string? failure) => failure is null
        ? Clear("NamespaceDeletionContentFailure", "ContentDeleted", "All content successfully deleted, may be waiting on finalization")
        : Raised("NamespaceDeletionContentFailure", "ContentDeletionFailed", $"Failed to delete all resource types: {failure}");

    private static NamespaceCondition Content(IReadOnlyList<RemainingContent> remaining)
    {
        const string Type = "NamespaceContentRemaining";
        if (remaining.Count == 0) return Clear(Type, "ContentRemoved", "All content successfully removed");
        var parts = remaining.OrderBy(r => r.Resource, StringComparer.Ordinal).Select(r => $"{r.Resource} has {r.Count} resource instances");
        return Raised(Type, "SomeResourcesRemain", $"Some resources are remaining: {string.Join(", ", parts)}");
    }

    private static NamespaceCondition Finalizers(IReadOnlyList<RemainingContent> remaining)
    {
        const string Type = "NamespaceFinalizersRemaining";
        var parts = remaining.SelectMany(r => r.Finalizers).GroupBy(f => f.Key).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Key} in {g.Sum(f => f.Value)} resource instances").ToList();
        return parts.Count == 0
            ? Clear(Type, "ContentHasNoFinalizers", "All content-preserving finalizers finished")
            : Raised(Type, "SomeFinalizersRemain", $"Some content in the namespace has finalizers remaining: {string.Join(", ", parts)}");
    }

    private static NamespaceCondition Raised(string type, string reason, string message) =>
        new() { Type = type, Status = "True", Reason = reason, Message = message };

    private static NamespaceCondition Clear(string type, string reason, string message) =>
        new() { Type = type, Status = "False", Reason = reason, Message = message };

    private static bool Same(NamespaceCondition one, NamespaceCondition other) =>
        one.Status == other.Status && one.Reason == other.Reason && one.Message == other.Message;
}
