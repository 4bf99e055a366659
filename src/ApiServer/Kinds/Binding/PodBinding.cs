using MiniK8s.Api.Core.V1;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>What a Binding does to its pod: it names the node, once.</summary>
internal static class PodBinding
{
    /// <summary>Why the pod cannot be bound, for a 409; null when it can.</summary>
    public static string? Objection(Pod pod)
    {
        var name = pod.Metadata.Name;
        if (pod.Metadata.DeletionTimestamp is not null) return $"pod {name} is being deleted, cannot be assigned to a host";
        if (!string.IsNullOrEmpty(pod.Spec?.NodeName)) return $"pod {name} is already assigned to node \"{pod.Spec.NodeName}\"";
        return pod.Spec?.SchedulingGates.Count > 0 ? $"pod {name} has non-empty .spec.schedulingGates" : null;
    }

    /// <summary>The pod on its node, with the Binding's annotations and the condition PodScheduled.</summary>
    public static Pod Apply(Pod pod, Binding binding, DateTimeOffset now)
    {
        var annotations = new Dictionary<string, string>(pod.Metadata.Annotations);
        foreach (var (key, value) in binding.Metadata.Annotations) annotations[key] = value;
        var status = pod.Status ?? new();
        var before = status.Conditions.FirstOrDefault(condition => condition.Type == "PodScheduled");
        var scheduled = new PodCondition
        {
            Type = "PodScheduled", Status = "True", LastTransitionTime = before is { Status: "True" } ? before.LastTransitionTime : now,
        };
        return pod with
        {
            Metadata = pod.Metadata with { Annotations = annotations },
            Spec = (pod.Spec ?? new()) with { NodeName = binding.Target.Name },
            Status = status with { Conditions = [.. status.Conditions.Where(condition => condition.Type != "PodScheduled"), scheduled] },
        };
    }
}
