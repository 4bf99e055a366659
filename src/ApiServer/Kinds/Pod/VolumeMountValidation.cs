using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Where a container has its volumes.</summary>
internal static class VolumeMountValidation
{
    private static readonly string[] Propagations = ["Bidirectional", "HostToContainer", "None"];

    public static IEnumerable<FieldError> Validate(string container, Container value, HashSet<string> volumes)
    {
        var paths = new HashSet<string>();
        for (var index = 0; index < value.VolumeMounts.Count; index++)
        {
            var (field, mount) = ($"{container}.volumeMounts[{index}]", value.VolumeMounts[index]);
            if (mount.Name.Length == 0) yield return FieldError.Required($"{field}.name");
            else if (!volumes.Contains(mount.Name)) yield return FieldError.NotFound($"{field}.name", mount.Name);
            if (mount.MountPath.Length == 0) yield return FieldError.Required($"{field}.mountPath");
            else if (!paths.Add(mount.MountPath)) yield return FieldError.Invalid($"{field}.mountPath", mount.MountPath, "must be unique");
            foreach (var error in SubPaths(field, mount)) yield return error;
            foreach (var error in FieldRules.OptionalOneOf($"{field}.mountPropagation", mount.MountPropagation, Propagations)) yield return error;
            if (mount.MountPropagation == "Bidirectional" && value.SecurityContext?.Privileged != true)
                yield return FieldError.Forbidden($"{field}.mountPropagation", "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    private static IEnumerable<FieldError> SubPaths(string field, VolumeMount mount)
    {
        var (path, expression) = (mount.SubPath ?? "", mount.SubPathExpr ?? "");
        if (path.Length > 0 && expression.Length > 0) yield return FieldError.Invalid($"{field}.subPathExpr", expression, "subPathExpr and subPath are mutually exclusive");
        foreach (var error in LocalPath($"{field}.subPath", path).Concat(LocalPath($"{field}.subPathExpr", expression))) yield return error;
    }

    /// <summary>A path below another: neither absolute nor leading out by <c>..</c>.</summary>
    internal static IEnumerable<FieldError> LocalPath(string field, string path)
    {
        if (path.StartsWith('/')) yield return FieldError.Invalid(field, path, "must be a relative path");
        if (path.Split('/').Contains("..")) yield return FieldError.Invalid(field, path, "must not contain '..'");
    }
}
