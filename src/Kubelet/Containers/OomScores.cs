using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Status;

namespace MiniK8s.Kubelet.Containers;

/// <summary>
/// Which processes the kernel ends first for want of memory: the order of Kubernetes (pkg/kubelet/qos), BestEffort pods before
/// Burstable before Guaranteed ones, and pause containers last, without which all others of a pod lose their network. The numbers
/// are none below zero: an engine that itself runs in a container may raise a score, and not lower it.
/// </summary>
internal static class OomScores
{
    /// <summary>Of a pause container.</summary>
    public const int Sandbox = 0;

    /// <summary>Of the containers of a pod.</summary>
    public static int Of(Pod pod) => (pod.Status?.QosClass ?? QosClass.Of(pod)) switch
    {
        "Guaranteed" => 3,
        "Burstable" => 500,
        _ => 1000,
    };
}
