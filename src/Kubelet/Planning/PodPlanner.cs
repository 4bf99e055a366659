using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Planning;

/// <summary>
/// Decides what to do for one pod from what is wanted, what is there, and the time: computePodActions of Kubernetes
/// (pkg/kubelet/kuberuntime). It remembers nothing, so a kubelet that was killed goes on where it stood.
/// </summary>
internal static class PodPlanner
{
    // The least that a container gets (minimumGracePeriodInSeconds in pkg/kubelet/kuberuntime). A pod that is gone from the API while
    // it runs here was removed by force.
    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(2);

    /// <summary>The next steps.</summary>
    /// <param name="pod">The pod as the API has it; null when it is not there, or bound elsewhere.</param>
    /// <param name="observed">What the engine shows.</param>
    /// <param name="failures">Starts that failed, by container name.</param>
    /// <param name="now">The time.</param>
    public static PodPlan Plan(Pod? pod, ObservedPod observed, IReadOnlyDictionary<string, StartFailure> failures, DateTimeOffset now)
    {
        if (pod is null) return Teardown(observed, LeastGrace, known: false);
        if (pod.Metadata.DeletionTimestamp is { } deadline) return Teardown(observed, Remaining(pod, deadline, now), known: true);
        if (PodProgress.IsFinished(pod, observed)) return Finish(pod, observed);
        return observed.Sandbox is { Phase: RunPhase.Running } sandbox
            ? Run(pod, observed, sandbox, failures, now)
            : Restart(observed, failures.GetValueOrDefault(StartFailure.OfSandbox), now);
    }

    private static TimeSpan Remaining(Pod pod, DateTimeOffset deadline, DateTimeOffset now)
    {
        var asked = TimeSpan.FromSeconds(pod.Metadata.DeletionGracePeriodSeconds ?? 30);
        var left = deadline - now;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < asked ? left : asked;
    }

    private static PodPlan Teardown(ObservedPod observed, TimeSpan grace, bool known)
    {
        // While containers end they need the sandbox, for its network, and the volumes.
        if (Stops(observed, grace, "the pod is deleted") is { Count: > 0 } stops) return new PodPlan(stops);
        var commands = new List<PodCommand>();
        foreach (var sandbox in Sandboxes(observed).Where(sandbox => sandbox.Phase == RunPhase.Running)) commands.Add(new PodCommand.StopSandbox(sandbox.Id));
        foreach (var container in observed.Containers.OrderBy(container => container.IsSandbox))
        {
            commands.Add(new PodCommand.RemoveContainer(container.Id, container.Name));
        }

        commands.Add(new PodCommand.RemoveVolumes());
        if (known) commands.Add(new PodCommand.ConfirmDeletion());
        return new PodPlan(commands);
    }

    // Its ended containers stay until the pod is deleted, for their logs.
    private static PodPlan Finish(Pod pod, ObservedPod observed)
    {
        var grace = TimeSpan.FromSeconds(pod.Spec?.TerminationGracePeriodSeconds ?? 30);
        if (Stops(observed, grace, "the pod has ended") is { Count: > 0 } stops) return new PodPlan(stops);
        return new PodPlan([.. Sandboxes(observed).Where(sandbox => sandbox.Phase == RunPhase.Running).Select(sandbox => new PodCommand.StopSandbox(sandbox.Id))]);
    }

    // Containers live in the network of their sandbox: with a new one they must be new as well.
    private static PodPlan Restart(ObservedPod observed, StartFailure? failure, DateTimeOffset now)
    {
        if (Stops(observed, LeastGrace, "its sandbox is gone") is { Count: > 0 } stops) return new PodPlan(stops);
        if (failure is not null && failure.RetryAt > now) return new PodPlan([], failure.RetryAt - now);
        var commands = new List<PodCommand>();
        foreach (var old in observed.Containers.Where(container => container.IsSandbox || container.Phase == RunPhase.Created))
        {
            commands.Add(new PodCommand.RemoveContainer(old.Id, old.Name));
        }

        commands.Add(new PodCommand.CreateSandbox((observed.Sandbox?.Attempt ?? -1) + 1));
        return new PodPlan(commands, TimeSpan.Zero);
    }

    private static PodPlan Run(Pod pod, ObservedPod observed, ObservedContainer sandbox, IReadOnlyDictionary<string, StartFailure> failures, DateTimeOffset now)
    {
        var step = new StepCollector(pod, observed, sandbox, failures, now);
        if (PodProgress.Deadline(pod) is { } deadline) step.LookAgainAt(deadline);
        step.RemoveLeftovers();
        if (!step.RunInitContainers()) return step.ToPlan();
        foreach (var container in pod.Spec!.Containers) step.KeepRunning(container);
        return step.ToPlan();
    }

    private static List<PodCommand> Stops(ObservedPod observed, TimeSpan grace, string why) =>
    [
        .. observed.Containers
            .Where(container => !container.IsSandbox && container.Phase == RunPhase.Running)
            .Select(container => new PodCommand.StopContainer(container.Id, container.Name, grace, why)),
    ];

    private static IEnumerable<ObservedContainer> Sandboxes(ObservedPod observed) => observed.Containers.Where(container => container.IsSandbox);
}
