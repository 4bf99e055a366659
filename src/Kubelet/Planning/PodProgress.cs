using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Planning;

/// <summary>How far a pod has come.</summary>
internal static class PodProgress
{
    /// <summary>Whether nothing of the pod will run again.</summary>
    public static bool IsFinished(Pod pod, ObservedPod observed)
    {
        if (pod.Status?.Phase is "Succeeded" or "Failed") return true;
        if (HasFailedInit(pod, observed)) return true;
        var containers = pod.Spec?.Containers ?? [];
        return containers.Count > 0 && containers.All(container =>
            observed.Latest(container.Name) is { Phase: RunPhase.Exited } ended && !BackOff.Restarts(pod, ended));
    }

    /// <summary>When the pod has run for as long as it may; null without a limit, or before it has begun.</summary>
    public static DateTimeOffset? Deadline(Pod pod) =>
        pod.Spec?.ActiveDeadlineSeconds is { } seconds && pod.Status?.StartTime is { } start ? start.AddSeconds(seconds) : null;

    /// <summary>Whether the pod is deleted and the last of its containers has ended.</summary>
    public static bool HasEndedForDeletion(Pod pod, ObservedPod observed) =>
        pod.Metadata.DeletionTimestamp is not null
        && observed.Containers.Any(container => !container.IsSandbox)
        && observed.Containers.All(container => container.IsSandbox || container.Phase == RunPhase.Exited);

    /// <summary>Whether an init container failed for good.</summary>
    public static bool HasFailedInit(Pod pod, ObservedPod observed) =>
        pod.Spec?.RestartPolicy == "Never"
        && pod.Spec.InitContainers.Any(container => observed.Latest(container.Name) is { Phase: RunPhase.Exited, ExitCode: not 0 });
}
