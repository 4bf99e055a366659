using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>All containers of a pod, each alone and among its fellows: a name stands once in the pod.</summary>
internal static class ContainersValidation
{
    public static IEnumerable<FieldError> Validate(PodSpec spec)
    {
        var names = new HashSet<string>();
        var volumes = spec.Volumes.Select(volume => volume.Name).ToHashSet();
        if (spec.Containers.Count == 0) yield return FieldError.Required("spec.containers");
        for (var index = 0; index < spec.Containers.Count; index++)
        {
            var (field, container) = ($"spec.containers[{index}]", spec.Containers[index]);
            foreach (var error in Name(field, container.Name, names).Concat(ContainerValidation.Validate(field, container, volumes)).Concat(Regular(field, container))) yield return error;
        }
        for (var index = 0; index < spec.InitContainers.Count; index++)
        {
            var (field, container) = ($"spec.initContainers[{index}]", spec.InitContainers[index]);
            foreach (var error in Name(field, container.Name, names).Concat(ContainerValidation.Validate(field, container, volumes)).Concat(Initial(field, container))) yield return error;
        }
        foreach (var error in spec.EphemeralContainers.SelectMany((container, index) => Name($"spec.ephemeralContainers[{index}]", container.Name, names))) yield return error;
    }

    private static IEnumerable<FieldError> Name(string field, string name, HashSet<string> names)
    {
        if (name.Length == 0) yield return FieldError.Required($"{field}.name");
        else
        {
            foreach (var error in FieldRules.Label($"{field}.name", name)) yield return error;
            if (!names.Add(name)) yield return FieldError.Duplicate($"{field}.name", name);
        }
    }

    private static IEnumerable<FieldError> Regular(string field, Container container)
    {
        if (container.RestartPolicy is not null) yield return FieldError.Forbidden($"{field}.restartPolicy", "may not be set for non-init containers");
    }

    /// <summary>An init container runs to its end before the next; only one that restarts always is a sidecar with probes and hooks.</summary>
    private static IEnumerable<FieldError> Initial(string field, Container container)
    {
        if (container.RestartPolicy == "Always") yield break;
        if (container.RestartPolicy is not null) yield return FieldError.NotSupported($"{field}.restartPolicy", container.RestartPolicy, ["Always"]);
        const string forbidden = "may not be set for init containers without restartPolicy=Always";
        if (container.Lifecycle is not null) yield return FieldError.Forbidden($"{field}.lifecycle", forbidden);
        if (container.LivenessProbe is not null) yield return FieldError.Forbidden($"{field}.livenessProbe", forbidden);
        if (container.ReadinessProbe is not null) yield return FieldError.Forbidden($"{field}.readinessProbe", forbidden);
        if (container.StartupProbe is not null) yield return FieldError.Forbidden($"{field}.startupProbe", forbidden);
    }
}
