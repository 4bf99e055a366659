using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Security contexts of pods and containers.</summary>
internal static class PodSecurityValidation
{
    private static readonly string[] SeccompTypes = ["Localhost", "RuntimeDefault", "Unconfined"];
    private static readonly string[] ProcMounts = ["Default", "Unmasked"];

    public static IEnumerable<FieldError> Validate(PodSpec spec)
    {
        var context = spec.SecurityContext ?? new();
        return Id("spec.securityContext.runAsUser", context.RunAsUser)
            .Concat(Id("spec.securityContext.runAsGroup", context.RunAsGroup))
            .Concat(Id("spec.securityContext.fsGroup", context.FsGroup))
            .Concat(context.SupplementalGroups.SelectMany((group, index) => Id($"spec.securityContext.supplementalGroups[{index}]", group)))
            .Concat(context.Sysctls.SelectMany((sysctl, index) => FieldRules.Reference($"spec.securityContext.sysctls[{index}].name", sysctl.Name)))
            .Concat(Seccomp("spec.securityContext.seccompProfile", context.SeccompProfile));
    }

    public static IEnumerable<FieldError> Validate(string field, SecurityContext? context)
    {
        if (context is null) yield break;
        var errors = Id($"{field}.runAsUser", context.RunAsUser).Concat(Id($"{field}.runAsGroup", context.RunAsGroup))
            .Concat(FieldRules.OptionalOneOf($"{field}.procMount", context.ProcMount, ProcMounts))
            .Concat(Seccomp($"{field}.seccompProfile", context.SeccompProfile));
        foreach (var error in errors) yield return error;
        if (context.AllowPrivilegeEscalation != false) yield break;
        if (context.Privileged == true) yield return FieldError.Invalid(field, "", "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        if (context.Capabilities?.Add.Any(capability => capability is "CAP_SYS_ADMIN" or "SYS_ADMIN") == true)
            yield return FieldError.Invalid(field, "", "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
    }

    private static IEnumerable<FieldError> Id(string field, long? id) => id is { } number ? FieldRules.InRange(field, number, 0, int.MaxValue) : [];

    private static IEnumerable<FieldError> Seccomp(string field, SeccompProfile? profile)
    {
        if (profile is null) yield break;
        foreach (var error in FieldRules.OneOf($"{field}.type", profile.Type, SeccompTypes)) yield return error;
        if (profile.Type == "Localhost" && string.IsNullOrEmpty(profile.LocalhostProfile))
            yield return FieldError.Required($"{field}.localhostProfile", "must be set when seccomp type is Localhost");
    }
}
