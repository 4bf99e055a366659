using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubectl.Describing;

/// <summary>The environment variables of a container; of those that come from elsewhere, where from.</summary>
internal static class EnvironmentDescription
{
    /// <summary>Writes the variables.</summary>
    public static void Write(TabText text, Container container)
    {
        if (container.EnvFrom.Count > 0) text.Line(2, "Environment Variables from:");
        foreach (var source in container.EnvFrom) text.Line(3, Source(source));
        text.Line(2, $"Environment:{(container.Env.Count == 0 ? "\t<none>" : "")}");
        foreach (var variable in container.Env)
        {
            var lines = Value(variable).Split('\n');
            text.Line(3, $"{variable.Name}:\t{lines[0]}");
            foreach (var line in lines.Skip(1)) text.Line(3, $"\t{line}");
        }
    }

    private static string Source(EnvFromSource source)
    {
        var (name, from, optional) = source.ConfigMapRef is { } map ? (map.Name, "ConfigMap", map.Optional) : (source.SecretRef?.Name, "Secret", source.SecretRef?.Optional);
        var prefix = string.IsNullOrEmpty(source.Prefix) ? "" : $" with prefix '{source.Prefix}'";
        return $"{name}\t{from}{prefix}\tOptional: {Common.Flag(optional)}";
    }

    private static string Value(EnvVar variable) => variable.ValueFrom switch
    {
        null => variable.Value ?? "",
        { FieldRef: { } field } => $" ({field.ApiVersion}:{field.FieldPath})",
        { ResourceFieldRef: { } resource } => $" ({resource.Resource})",
        { SecretKeyRef: { } secret } => $"<set to the key '{secret.Key}' in secret '{secret.Name}'>\tOptional: {Common.Flag(secret.Optional)}",
        { ConfigMapKeyRef: { } map } => $"<set to the key '{map.Key}' of config map '{map.Name}'>\tOptional: {Common.Flag(map.Optional)}",
        _ => "<unknown>",
    };
}
