using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Planning;

/// <summary>
/// Decides what to do for one pod from what is wanted, what is there, and the time: computePodActions of Kubernetes
/// (pkg/kubelet/kuberuntime). It remembers nothing, so a kubelet that was killed goes on where it stood.
/// </summary>
internal static class PodPlanner
{
    /// <summary>The next steps.</summary>
    /// <param name="pod">The pod as the API has it; null when it is not there, or bound elsewhere.</param>
    /// <param name="observed">What the engine shows.</param>
    /// <param name="failures">Starts that failed, by container name.</param>
    /// <param name="now">The time.</param>
    public static PodPlan Plan(Pod? pod, ObservedPod observed, IReadOnlyDictionary<string, StartFailure> failures, DateTimeOffset now)
    {
        if (pod is null) return Teardown(observed, TimeSpan.FromSeconds(30), known: false);
        if (pod.Metadata.DeletionTimestamp is { } deadline) return Teardown(observed, Remaining(pod, deadline, now), known: true);
        if (PodProgress.IsFinished(pod, observed)) return StopSandbox(observed);
        return observed.Sandbox is { Phase: RunPhase.Running } sandbox
            ? Run(pod, observed, sandbox, failures, now)
            : Restart(observed);
    }

    private static TimeSpan Remaining(Pod pod, DateTimeOffset deadline, DateTimeOffset now)
    {
        var asked = TimeSpan.FromSeconds(pod.Metadata.DeletionGracePeriodSeconds ?? 30);
        var left = deadline - now;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < asked ? left : asked;
    }

    private static PodPlan Teardown(ObservedPod observed, TimeSpan grace, bool known)
    {
        var commands = new List<PodCommand>();
        // The sandbox goes last: while it lives the containers can still use the network to end well.
        foreach (var container in observed.Containers.OrderBy(container => container.IsSandbox))
        {
            if (container.Phase == RunPhase.Running)
            {
                commands.Add(new PodCommand.StopContainer(container.Id, container.Name, container.IsSandbox ? TimeSpan.Zero : grace, "the pod is deleted"));
            }
        }

        foreach (var container in observed.Containers.OrderBy(container => container.IsSandbox))
        {
            commands.Add(new PodCommand.RemoveContainer(container.Id, container.Name));
        }

        commands.Add(new PodCommand.RemoveVolumes());
        if (known) commands.Add(new PodCommand.ConfirmDeletion());
        return new PodPlan(commands);
    }

    private static PodPlan StopSandbox(ObservedPod observed) =>
        observed.Sandbox is { Phase: RunPhase.Running } sandbox
            ? new PodPlan([new PodCommand.StopContainer(sandbox.Id, "", TimeSpan.Zero, "all containers have ended")])
            : PodPlan.Nothing;

    // Containers live in the network of their sandbox: with a new one they must be new as well.
    private static PodPlan Restart(ObservedPod observed)
    {
        var commands = new List<PodCommand>();
        foreach (var container in observed.Containers)
        {
            if (!container.IsSandbox && container.Phase == RunPhase.Running)
            {
                commands.Add(new PodCommand.StopContainer(container.Id, container.Name, TimeSpan.FromSeconds(2), "its sandbox is gone"));
            }
        }

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
        step.RemoveLeftovers();
        if (!step.RunInitContainers()) return step.ToPlan();
        foreach (var container in pod.Spec!.Containers) step.KeepRunning(container);
        return step.ToPlan();
    }
}
