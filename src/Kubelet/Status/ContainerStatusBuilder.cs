using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Planning;

namespace MiniK8s.Kubelet.Status;

/// <summary>Writes the status of each container: what runs, what ended and how, or what it waits for.</summary>
internal static class ContainerStatusBuilder
{
    /// <summary>One status per container of the spec, in the spec's order.</summary>
    public static IReadOnlyList<ContainerStatus> All(IReadOnlyList<Container> containers, Pod pod, PodObservation observation, bool isInit) =>
        [.. containers.Select(container => One(container, pod, observation, isInit))];

    /// <summary>The id of a container as the API shows it.</summary>
    public static string IdOf(ObservedContainer container) => $"docker://{container.Id}";

    private static ContainerStatus One(Container container, Pod pod, PodObservation observation, bool isInit)
    {
        var latest = observation.Pod.Latest(container.Name);
        // The containers of a pod that is over may be removed before the pod; what is known of them stays.
        if (latest is null && pod.Status?.Phase is "Succeeded" or "Failed" && Told(container, pod, isInit) is { } told) return told;
        var ended = latest is { Phase: RunPhase.Exited } ? latest : null;
        var state = State(container, pod, observation, latest, isInit);
        // What waits to be restarted shows its last run as its last state.
        var last = state.Waiting is not null ? ended : observation.Pod.Previous(container.Name);
        var running = state.Running is not null;
        var probe = observation.Probes.GetValueOrDefault(container.Name);
        var started = running && (probe?.Started ?? container.StartupProbe is null);
        return new ContainerStatus
        {
            Name = container.Name,
            Image = container.Image ?? "",
            ImageID = latest?.ImageId ?? "",
            ContainerID = latest is null ? null : IdOf(latest),
            RestartCount = latest?.Attempt ?? 0,
            Started = isInit ? running : started,
            Ready = isInit ? state.Terminated?.ExitCode == 0 : started && (probe?.Ready ?? container.ReadinessProbe is null),
            State = state,
            LastState = last is { Phase: RunPhase.Exited } ? new ContainerState { Terminated = Terminated(last) } : null,
        };
    }

    private static ContainerStatus? Told(Container container, Pod pod, bool isInit) =>
        (isInit ? pod.Status!.InitContainerStatuses : pod.Status!.ContainerStatuses).FirstOrDefault(status => status.Name == container.Name);

    private static ContainerState State(Container container, Pod pod, PodObservation observation, ObservedContainer? latest, bool isInit)
    {
        if (latest is { Phase: RunPhase.Running }) return new ContainerState { Running = new ContainerStateRunning { StartedAt = latest.StartedAt } };
        var failure = observation.Failures.GetValueOrDefault(container.Name);
        if (latest is { Phase: RunPhase.Exited })
        {
            var ends = isInit ? latest.ExitCode == 0 || pod.Spec!.RestartPolicy == "Never" : !BackOff.Restarts(pod, latest);
            var isOver = pod.Metadata.DeletionTimestamp is not null || pod.Status?.Phase is "Succeeded" or "Failed";
            // The first restart does not wait: until it happens the end itself is what there is to see.
            var isAtOnce = failure is null && BackOff.RestartAt(latest) <= latest.FinishedAt;
            if (ends || isOver || isAtOnce) return new ContainerState { Terminated = Terminated(latest) };
            if (failure is null) return Waiting("CrashLoopBackOff", CrashMessage(container, pod, latest));
        }

        if (failure is not null) return Waiting(failure.Reason, failure.Message);
        return Waiting(isInit || pod.Spec!.InitContainers.Count == 0 ? "ContainerCreating" : "PodInitializing", "");
    }

    private static string CrashMessage(Container container, Pod pod, ObservedContainer ended)
    {
        var delay = BackOff.RestartAt(ended) - (ended.FinishedAt ?? default);
        return $"back-off {Age(delay)} restarting failed container={container.Name} pod={pod.Metadata.Name}_{pod.Metadata.Namespace}({pod.Metadata.Uid})";
    }

    private static string Age(TimeSpan delay) =>
        delay < TimeSpan.FromMinutes(1) ? $"{(int)delay.TotalSeconds}s" : $"{(int)delay.TotalMinutes}m{delay.Seconds}s";

    private static ContainerState Waiting(string reason, string message) =>
        new() { Waiting = new ContainerStateWaiting { Reason = reason, Message = message.Length == 0 ? null : message } };

    private static ContainerStateTerminated Terminated(ObservedContainer ended) => new()
    {
        ExitCode = ended.ExitCode,
        Reason = ended.OutOfMemory ? "OOMKilled" : ended.Error.Length > 0 ? "ContainerCannotRun" : ended.ExitCode == 0 ? "Completed" : "Error",
        Message = ended.Error.Length > 0 ? ended.Error : null,
        StartedAt = ended.StartedAt,
        FinishedAt = ended.FinishedAt,
        ContainerID = IdOf(ended),
    };
}
