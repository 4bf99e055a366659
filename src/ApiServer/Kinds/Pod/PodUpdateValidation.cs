using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>
/// Which changes a Pod allows (ValidatePodUpdate of Kubernetes v1.32): images, a shorter deadline, more tolerations, opened
/// scheduling gates. Its node comes from a Binding alone.
/// </summary>
internal static class PodUpdateValidation
{
    private const string OnlyThese = "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
        + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    public static IEnumerable<FieldError> Validate(Pod pod, Pod existing)
    {
        var (spec, before) = (pod.Spec ?? new(), existing.Spec ?? new());
        if (spec.Containers.Count != before.Containers.Count) return [FieldError.Forbidden("spec.containers", "pod updates may not add or remove containers")];
        if (spec.InitContainers.Count != before.InitContainers.Count) return [FieldError.Forbidden("spec.initContainers", "pod updates may not add or remove containers")];
        var errors = Deadline(spec, before).Concat(Gates(spec, before)).Concat(Tolerations(spec, before)).ToList();
        if (errors.Count == 0 && !IsSameBeside(pod, existing)) errors.Add(FieldError.Forbidden("spec", OnlyThese));
        return errors;
    }

    /// <summary>The nominated node must be a name, and a container that may not restart does not leave its end.</summary>
    public static IEnumerable<FieldError> ValidateStatus(Pod pod, Pod existing)
    {
        var (status, before) = (pod.Status ?? new(), existing.Status ?? new());
        var errors = FieldRules.OptionalSubdomain("status.nominatedNodeName", status.NominatedNodeName);
        foreach (var error in errors) yield return error;
        foreach (var error in status.PodIPs.SelectMany((address, index) => FieldRules.Ip($"status.podIPs[{index}]", address.Ip))) yield return error;
        if (existing.Spec?.RestartPolicy == "Always") yield break;
        foreach (var container in before.ContainerStatuses.Where(container => container.State?.Terminated is not null && MayNotRestart(existing, container)))
        {
            if (status.ContainerStatuses.Any(now => now.Name == container.Name && now.State?.Terminated is null))
                yield return FieldError.Forbidden($"status.containerStatuses[{container.Name}].state", "may not be transitioned to non-terminated state");
        }
    }

    private static bool MayNotRestart(Pod pod, ContainerStatus container) =>
        pod.Spec?.RestartPolicy == "Never" || (pod.Spec?.RestartPolicy == "OnFailure" && container.State?.Terminated?.ExitCode == 0);

    private static IEnumerable<FieldError> Deadline(PodSpec spec, PodSpec before)
    {
        const string field = "spec.activeDeadlineSeconds";
        if (before.ActiveDeadlineSeconds is not { } then) yield break;
        if (spec.ActiveDeadlineSeconds is not { } now) yield return FieldError.Invalid(field, null, "must not update from a positive integer to nil value");
        else if (now > then) yield return FieldError.Invalid(field, now, "must be less than or equal to previous value");
    }

    private static IEnumerable<FieldError> Gates(PodSpec spec, PodSpec before)
    {
        for (var index = 0; index < spec.SchedulingGates.Count; index++)
        {
            if (before.SchedulingGates.All(gate => gate.Name != spec.SchedulingGates[index].Name))
                yield return FieldError.Forbidden($"spec.schedulingGates[{index}]", "only deletion is allowed, but found new scheduling gate '" + spec.SchedulingGates[index].Name + "'");
        }
    }

    private static IEnumerable<FieldError> Tolerations(PodSpec spec, PodSpec before)
    {
        var kept = before.Tolerations.All(old => spec.Tolerations.Any(now => now == old || now with { TolerationSeconds = null } == old with { TolerationSeconds = null }));
        if (!kept) yield return FieldError.Forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
    }

    private static bool IsSameBeside(Pod pod, Pod existing)
    {
        var (spec, before) = (pod.Spec!, existing.Spec ?? new());
        var mayShorten = before.TerminationGracePeriodSeconds < 0 && spec.TerminationGracePeriodSeconds == 1;
        var masked = spec with
        {
            Containers = [.. spec.Containers.Zip(before.Containers, (now, then) => now with { Image = then.Image })],
            InitContainers = [.. spec.InitContainers.Zip(before.InitContainers, (now, then) => now with { Image = then.Image })],
            ActiveDeadlineSeconds = before.ActiveDeadlineSeconds,
            Tolerations = before.Tolerations,
            SchedulingGates = before.SchedulingGates,
            TerminationGracePeriodSeconds = mayShorten ? before.TerminationGracePeriodSeconds : spec.TerminationGracePeriodSeconds,
        };
        return ApiSerializer.AreEqual(new Pod { Spec = masked }, new Pod { Spec = before });
    }
}
