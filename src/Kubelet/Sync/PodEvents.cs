using MiniK8s.Api.Core.V1;
using MiniK8s.Runtime.Events;

namespace MiniK8s.Kubelet.Sync;

/// <summary>What <c>kubectl describe pod</c> tells of the kubelet's work, in Kubernetes' words (pkg/kubelet/events).</summary>
internal sealed class PodEvents(EventRecorder recorder)
{
    /// <summary>Something went well with a container.</summary>
    public void Done(Pod pod, string container, string reason, string message) =>
        recorder.Record(About(pod, container), EventRecorder.Normal, reason, message);

    /// <summary>Something went wrong with a container.</summary>
    public void Failed(Pod pod, string container, string reason, string message) =>
        recorder.Record(About(pod, container), EventRecorder.Warning, reason, message);

    /// <summary>Something went wrong with the pod as a whole.</summary>
    public void Failed(Pod pod, string reason, string message) => recorder.Record(pod, EventRecorder.Warning, reason, message);

    private static ObjectReference About(Pod pod, string container)
    {
        var list = pod.Spec!.InitContainers.Any(init => init.Name == container) ? "initContainers" : "containers";
        return EventRecorder.ReferenceTo(pod) with { FieldPath = $"spec.{list}{{{container}}}" };
    }
}
