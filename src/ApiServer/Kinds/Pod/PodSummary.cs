using MiniK8s.Api.Core.V1;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>
/// A pod in one line: the word that says best how it fares, and the counts beside it. The order in which facts win is that of
/// <c>kubectl get pods</c> (printPod in pkg/printers/internalversion of Kubernetes).
/// </summary>
internal sealed record PodSummary(string Reason, int ReadyContainers, int Containers, int Restarts, DateTimeOffset? LastRestart)
{
    public static PodSummary Of(Pod pod)
    {
        var (spec, status) = (pod.Spec ?? new(), pod.Status ?? new());
        var sidecars = spec.InitContainers.Where(container => container.RestartPolicy == "Always").Select(container => container.Name).ToHashSet();
        var summary = new PodSummary(FirstReason(status), 0, spec.Containers.Count + sidecars.Count, 0, null);
        var initial = summary.WithInitContainers(spec, status, sidecars, out var isInitializing);
        if (!isInitializing || HasCondition(status, "Initialized"))
        {
            var restartable = status.InitContainerStatuses.Where(container => sidecars.Contains(container.Name)).ToList();
            initial = initial with { Restarts = restartable.Sum(container => container.RestartCount), LastRestart = Latest(restartable) };
            initial = initial.WithContainers(status);
        }

        return initial with { Reason = WhenDeleted(pod, status) ?? initial.Reason };
    }

    private static string FirstReason(PodStatus status)
    {
        if (status.Conditions.Any(condition => condition is { Type: "PodScheduled", Reason: "SchedulingGated" })) return "SchedulingGated";
        return string.IsNullOrEmpty(status.Reason) ? status.Phase ?? "" : status.Reason;
    }

    private static string? WhenDeleted(Pod pod, PodStatus status)
    {
        if (pod.Metadata.DeletionTimestamp is null) return null;
        if (status.Reason == "NodeLost") return "Unknown";
        return status.Phase is "Succeeded" or "Failed" ? null : "Terminating";
    }

    /// <summary>Goes through the init containers up to the first that holds the pod up.</summary>
    private PodSummary WithInitContainers(PodSpec spec, PodStatus status, HashSet<string> sidecars, out bool isInitializing)
    {
        isInitializing = false;
        var summary = this;
        for (var index = 0; index < status.InitContainerStatuses.Count; index++)
        {
            var container = status.InitContainerStatuses[index];
            summary = summary.AddRestarts(container);
            if (container.State?.Terminated is { ExitCode: 0 }) continue;
            if (sidecars.Contains(container.Name) && container.Started == true)
            {
                if (container.Ready) summary = summary with { ReadyContainers = summary.ReadyContainers + 1 };
                continue;
            }

            isInitializing = true;
            return summary with { Reason = "Init:" + InitReason(container, index, spec.InitContainers.Count) };
        }

        return summary;
    }

    private static string InitReason(ContainerStatus container, int index, int count) => container.State switch
    {
        { Terminated: { } ended } => EndReason(ended),
        { Waiting.Reason: { Length: > 0 } reason } when reason != "PodInitializing" => reason,
        _ => $"{index}/{count}",
    };

    private PodSummary WithContainers(PodStatus status)
    {
        var summary = this;
        var isRunning = false;
        foreach (var container in status.ContainerStatuses.Reverse())
        {
            summary = summary.AddRestarts(container);
            if (container.State?.Waiting is { Reason: { Length: > 0 } waiting }) summary = summary with { Reason = waiting };
            else if (container.State?.Terminated is { } ended) summary = summary with { Reason = EndReason(ended) };
            else if (container.Ready && container.State?.Running is not null)
            {
                isRunning = true;
                summary = summary with { ReadyContainers = summary.ReadyContainers + 1 };
            }
        }

        if (summary.Reason != "Completed" || !isRunning) return summary;
        return summary with { Reason = HasCondition(status, "Ready") ? "Running" : "NotReady" };
    }

    private static string EndReason(ContainerStateTerminated ended)
    {
        if (!string.IsNullOrEmpty(ended.Reason)) return ended.Reason;
        return ended.Signal is > 0 ? $"Signal:{ended.Signal}" : $"ExitCode:{ended.ExitCode}";
    }

    private PodSummary AddRestarts(ContainerStatus container)
    {
        var finished = container.LastState?.Terminated?.FinishedAt;
        return this with { Restarts = Restarts + container.RestartCount, LastRestart = LastRestart is null || finished > LastRestart ? finished ?? LastRestart : LastRestart };
    }

    private static DateTimeOffset? Latest(IEnumerable<ContainerStatus> containers) => containers.Max(container => container.LastState?.Terminated?.FinishedAt);

    private static bool HasCondition(PodStatus status, string type) => status.Conditions.Any(condition => condition.Type == type && condition.Status == "True");
}
