using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Containers;

/// <summary>
/// Names of containers in the engine, as people know them from Kubernetes on Docker: <c>k8s_web_pod_default_UID_0</c>. One name
/// belongs to one run of one container, so the engine itself refuses a second one.
/// </summary>
internal static class ContainerNames
{
    /// <summary>The name of a run.</summary>
    public static string Of(Pod pod, string container, int attempt) =>
        $"k8s_{container}_{pod.Metadata.Name}_{pod.Metadata.Namespace}_{pod.Metadata.Uid}_{attempt}";
}
