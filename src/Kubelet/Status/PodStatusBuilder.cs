using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Planning;

namespace MiniK8s.Kubelet.Status;

/// <summary>
/// Writes a pod's status from what the engine shows (generateAPIPodStatus of Kubernetes' pkg/kubelet). Pure; times of conditions
/// move only when their status does, so an unchanged pod gives an equal status and no write.
/// </summary>
internal static class PodStatusBuilder
{
    /// <summary>The status that the API should show now.</summary>
    public static PodStatus Build(Pod pod, PodObservation observation, DateTimeOffset now)
    {
        var before = pod.Status ?? new PodStatus();
        var containers = ContainerStatusBuilder.All(pod.Spec!.Containers, pod, observation, isInit: false);
        var inits = ContainerStatusBuilder.All(pod.Spec.InitContainers, pod, observation, isInit: true);
        var isOverdue = PodProgress.Deadline(pod) <= now && !PodProgress.IsFinished(pod, observation.Pod);
        var phase = isOverdue ? "Failed" : Phase(pod, observation.Pod, containers);
        var sandbox = observation.Pod.Sandbox is { Phase: RunPhase.Running } running ? running : null;
        var address = pod.Spec.HostNetwork == true ? observation.HostAddress : sandbox?.Address is { Length: > 0 } own ? own : before.PodIP;
        return before with
        {
            Phase = phase,
            Reason = isOverdue ? "DeadlineExceeded" : before.Reason,
            Message = isOverdue ? "Pod was active on the node longer than the specified deadline" : before.Message,
            HostIP = observation.HostAddress,
            HostIPs = [new HostIP { Ip = observation.HostAddress }],
            PodIP = address,
            PodIPs = string.IsNullOrEmpty(address) ? [] : [new PodIP { Ip = address }],
            StartTime = before.StartTime ?? now,
            ContainerStatuses = containers,
            InitContainerStatuses = inits,
            Conditions = Conditions(pod, before, sandbox is not null, phase, inits, containers, now),
            QosClass = before.QosClass ?? QosClass.Of(pod),
        };
    }

    private static string Phase(Pod pod, ObservedPod observed, IReadOnlyList<ContainerStatus> statuses)
    {
        if (pod.Status?.Phase is "Succeeded" or "Failed") return pod.Status.Phase;
        if (PodProgress.HasFailedInit(pod, observed)) return "Failed";
        if (PodProgress.IsFinished(pod, observed) || PodProgress.HasEndedForDeletion(pod, observed))
        {
            return statuses.All(status => status.State?.Terminated?.ExitCode == 0) ? "Succeeded" : "Failed";
        }

        // As soon as each container has run once the pod counts as running, also while one of them waits to be restarted.
        return statuses.All(status => status.State?.Running is not null || status.State?.Terminated is not null || status.LastState?.Terminated is not null)
            ? "Running"
            : "Pending";
    }

    private static IReadOnlyList<PodCondition> Conditions(
        Pod pod, PodStatus before, bool hasSandbox, string phase,
        IReadOnlyList<ContainerStatus> inits, IReadOnlyList<ContainerStatus> containers, DateTimeOffset now)
    {
        var finished = phase is "Succeeded" or "Failed";
        var unready = containers.Where(status => !status.Ready).Select(status => status.Name).ToList();
        var uninitialized = inits.Where(status => !status.Ready).Select(status => status.Name).ToList();
        var (reason, message) = phase switch
        {
            "Succeeded" => ("PodCompleted", ""),
            "Failed" => ("PodFailed", ""),
            _ when unready.Count > 0 => ("ContainersNotReady", $"containers with unready status: [{string.Join(' ', unready)}]"),
            _ => ("", ""),
        };
        var ready = unready.Count == 0 && !finished;
        var gates = pod.Spec!.ReadinessGates.Where(gate => before.Conditions.All(condition => condition.Type != gate.ConditionType || condition.Status != "True")).ToList();
        var conditions = new ConditionSet(before.Conditions, now);
        conditions.Set("PodReadyToStartContainers", hasSandbox && !finished);
        conditions.Set("Initialized", uninitialized.Count == 0, uninitialized.Count == 0 ? phase == "Succeeded" ? "PodCompleted" : "" : "ContainersNotInitialized",
            uninitialized.Count == 0 ? "" : $"containers with incomplete status: [{string.Join(' ', uninitialized)}]");
        conditions.Set("Ready", ready && gates.Count == 0, ready && gates.Count > 0 ? "ReadinessGatesNotReady" : reason, message);
        conditions.Set("ContainersReady", ready, reason, message);
        conditions.Set("PodScheduled", true);
        return conditions.ToList();
    }
}
