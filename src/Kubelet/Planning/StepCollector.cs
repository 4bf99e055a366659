using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Planning;

/// <summary>Gathers the steps for the containers of a pod whose sandbox runs. Part of <see cref="PodPlanner"/>; lives for one plan.</summary>
internal sealed class StepCollector(Pod pod, ObservedPod observed, ObservedContainer sandbox, IReadOnlyDictionary<string, StartFailure> failures, DateTimeOffset now)
{
    // Dead containers beyond the newest two of a name tell nothing that a status shows.
    private const int KeptPerName = 2;

    private readonly List<PodCommand> commands = [];
    private TimeSpan? lookAgain;

    /// <summary>The plan so far.</summary>
    public PodPlan ToPlan() => new(commands, lookAgain);

    /// <summary>Removes containers that were made and never started, older runs, superfluous sandboxes, and stops what the spec does not name.</summary>
    public void RemoveLeftovers()
    {
        foreach (var group in observed.Containers.Where(container => !container.IsSandbox).GroupBy(container => container.Name))
        {
            var dead = group.Where(container => container.Phase == RunPhase.Exited).OrderByDescending(container => container.Attempt);
            foreach (var old in dead.Skip(KeptPerName)) Remove(old);
            foreach (var unborn in group.Where(container => container.Phase == RunPhase.Created)) Remove(unborn);
            foreach (var stray in group.Where(container => container.Phase == RunPhase.Running && !IsWanted(container)))
            {
                commands.Add(new PodCommand.StopContainer(stray.Id, stray.Name, Grace, "the pod no longer has it"));
            }
        }

        foreach (var old in observed.Containers.Where(container => container.IsSandbox && container.Id != sandbox.Id)) Remove(old);
    }

    /// <summary>Runs the init containers one after the other. Whether all of them have succeeded.</summary>
    public bool RunInitContainers()
    {
        foreach (var container in pod.Spec!.InitContainers)
        {
            var latest = observed.Latest(container.Name);
            if (latest is { Phase: RunPhase.Exited, ExitCode: 0 }) continue;
            // Once an ordinary container has run in this sandbox the init containers are over, even if their traces were removed.
            if (latest is null && pod.Spec.Containers.Any(main => observed.Latest(main.Name)?.SandboxId == sandbox.Id)) continue;
            if (latest is { Phase: RunPhase.Running } && latest.SandboxId == sandbox.Id) return false;
            StartOrWait(container, latest, isInit: true);
            return false;
        }

        return true;
    }

    /// <summary>Starts the container where it does not run and should.</summary>
    public void KeepRunning(Container container)
    {
        var latest = observed.Latest(container.Name);
        if (latest is { Phase: RunPhase.Running } && latest.SandboxId == sandbox.Id)
        {
            if (latest.SpecHash == SpecHash.Of(container)) return;
            commands.Add(new PodCommand.StopContainer(latest.Id, latest.Name, Grace, "its spec has changed"));
            return;
        }

        StartOrWait(container, latest, isInit: false);
    }

    /// <summary>Asks to be planned again at that time, if nothing happens before.</summary>
    public void LookAgainAt(DateTimeOffset time) => LookAgainIn(time > now ? time - now : TimeSpan.Zero);

    private TimeSpan Grace => TimeSpan.FromSeconds(pod.Spec!.TerminationGracePeriodSeconds ?? 30);

    private bool IsWanted(ObservedContainer container) =>
        container.SandboxId == sandbox.Id
        && (pod.Spec!.Containers.Any(wanted => wanted.Name == container.Name) || pod.Spec.InitContainers.Any(wanted => wanted.Name == container.Name));

    private void StartOrWait(Container container, ObservedContainer? latest, bool isInit)
    {
        var ended = latest is { Phase: RunPhase.Exited } ? latest : null;
        // A container of a sandbox that is gone did not fail by itself; its end counts all the same, as in Kubernetes.
        if (ended is not null && !(isInit ? RestartsInit(ended) : BackOff.Restarts(pod, ended))) return;
        var earliest = ended is null ? now : BackOff.RestartAt(ended);
        if (failures.TryGetValue(container.Name, out var failure) && failure.RetryAt > earliest) earliest = failure.RetryAt;
        if (earliest > now)
        {
            LookAgainIn(earliest - now);
            return;
        }

        commands.Add(new PodCommand.StartContainer(container, Attempt(container, latest), ended is null ? latest?.Crashes ?? 0 : BackOff.CrashesAfter(ended)));
    }

    // One that never ran is no restart. One whose traces were removed from the engine is, and the API still has its count.
    private int Attempt(Container container, ObservedContainer? latest)
    {
        if (latest is not null) return latest.Phase == RunPhase.Created ? latest.Attempt : latest.Attempt + 1;
        var statuses = pod.Status is { } status ? status.ContainerStatuses.Concat(status.InitContainerStatuses) : [];
        return statuses.FirstOrDefault(known => known.Name == container.Name && !string.IsNullOrEmpty(known.ContainerID)) is { } told ? told.RestartCount + 1 : 0;
    }

    private bool RestartsInit(ObservedContainer ended) => pod.Spec!.RestartPolicy != "Never" && ended.ExitCode != 0;

    private void Remove(ObservedContainer container) => commands.Add(new PodCommand.RemoveContainer(container.Id, container.Name));

    private void LookAgainIn(TimeSpan delay)
    {
        if (lookAgain is null || delay < lookAgain) lookAgain = delay;
    }
}
