using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>What a Pod may look like (ValidatePodSpec of Kubernetes v1.32), for what this project runs; the parts have files of their own.</summary>
internal static class PodValidation
{
    private static readonly string[] RestartPolicies = ["Always", "Never", "OnFailure"];
    private static readonly string[] PreemptionPolicies = ["Never", "PreemptLowerPriority"];
    private static readonly string[] OperatingSystems = ["linux", "windows"];

    public static IEnumerable<FieldError> Validate(Pod pod)
    {
        var spec = pod.Spec ?? new();
        return VolumeValidation.Validate(spec.Volumes)
            .Concat(ContainersValidation.Validate(spec))
            .Concat(Lifetime(spec))
            .Concat(PodNetworkValidation.Validate(spec))
            .Concat(References(spec))
            .Concat(SchedulingValidation.Validate(spec))
            .Concat(PodSecurityValidation.Validate(spec));
    }

    private static IEnumerable<FieldError> Lifetime(PodSpec spec)
    {
        foreach (var error in FieldRules.OneOf("spec.restartPolicy", spec.RestartPolicy, RestartPolicies)) yield return error;
        if (spec.ActiveDeadlineSeconds is { } deadline)
            foreach (var error in FieldRules.InRange("spec.activeDeadlineSeconds", deadline, 1, int.MaxValue)) yield return error;
        foreach (var error in FieldRules.NotNegative("spec.terminationGracePeriodSeconds", spec.TerminationGracePeriodSeconds)) yield return error;
        foreach (var error in FieldRules.OptionalOneOf("spec.preemptionPolicy", spec.PreemptionPolicy, PreemptionPolicies)) yield return error;
        if (spec.Os is { } os) foreach (var error in FieldRules.OneOf("spec.os.name", os.Name, OperatingSystems)) yield return error;
    }

    private static IEnumerable<FieldError> References(PodSpec spec)
    {
        var errors = FieldRules.OptionalSubdomain("spec.serviceAccountName", spec.ServiceAccountName)
            .Concat(FieldRules.OptionalSubdomain("spec.nodeName", spec.NodeName))
            .Concat(FieldRules.OptionalSubdomain("spec.priorityClassName", spec.PriorityClassName))
            .Concat(FieldRules.OptionalSubdomain("spec.runtimeClassName", spec.RuntimeClassName))
            .Concat(spec.ImagePullSecrets.SelectMany((secret, index) => FieldRules.Reference($"spec.imagePullSecrets[{index}].name", secret.Name)))
            .Concat(spec.ReadinessGates.SelectMany((gate, index) => FieldRules.QualifiedName($"spec.readinessGates[{index}].conditionType", gate.ConditionType)));
        foreach (var error in errors) yield return error;
        for (var index = 0; index < spec.SchedulingGates.Count; index++)
        {
            var name = spec.SchedulingGates[index].Name;
            foreach (var error in FieldRules.QualifiedName($"spec.schedulingGates[{index}]", name)) yield return error;
            if (spec.SchedulingGates.Take(index).Any(other => other.Name == name)) yield return FieldError.Duplicate($"spec.schedulingGates[{index}]", name);
        }
        if (spec.SchedulingGates.Count > 0 && !string.IsNullOrEmpty(spec.NodeName))
            yield return FieldError.Forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared");
    }
}
