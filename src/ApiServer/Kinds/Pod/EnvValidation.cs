using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Names;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Environment variables and where their values come from.</summary>
internal static class EnvValidation
{
    private const string OnlyOne = "may not have more than one field specified at a time";

    private static readonly string[] FieldPaths =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    public static IEnumerable<FieldError> Validate(string container, IReadOnlyList<EnvVar> variables, IReadOnlyList<EnvFromSource> sources) =>
        variables.SelectMany((variable, index) => Variable($"{container}.env[{index}]", variable))
            .Concat(sources.SelectMany((source, index) => From($"{container}.envFrom[{index}]", source)));

    private static IEnumerable<FieldError> Variable(string field, EnvVar variable)
    {
        if (variable.Name.Length == 0) yield return FieldError.Required($"{field}.name");
        else foreach (var error in VariableName($"{field}.name", variable.Name)) yield return error;
        if (variable.ValueFrom is null) yield break;
        if (!string.IsNullOrEmpty(variable.Value)) yield return FieldError.Invalid($"{field}.valueFrom", "", "may not be specified when `value` is not empty");
        foreach (var error in ValueFrom($"{field}.valueFrom", variable.ValueFrom)) yield return error;
    }

    /// <summary>Any printable ASCII but <c>=</c> (KEP-4369).</summary>
    private static IEnumerable<FieldError> VariableName(string field, string name)
    {
        if (name.Any(c => c is < ' ' or > '~' or '='))
            yield return FieldError.Invalid(field, name, "a valid environment variable name must consist only of printable ASCII characters other than '='");
    }

    private static IEnumerable<FieldError> ValueFrom(string field, EnvVarSource source)
    {
        var given = new object?[] { source.FieldRef, source.ResourceFieldRef, source.ConfigMapKeyRef, source.SecretKeyRef }.Count(item => item is not null);
        if (given == 0) yield return FieldError.Invalid(field, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        if (given > 1) yield return FieldError.Invalid(field, "", OnlyOne);
        if (source.FieldRef is { } reference)
            foreach (var error in FieldPath($"{field}.fieldRef.fieldPath", reference.FieldPath)) yield return error;
        if (source.ResourceFieldRef is { } resource)
            foreach (var error in FieldRules.Reference($"{field}.resourceFieldRef.resource", resource.Resource)) yield return error;
        if (source.ConfigMapKeyRef is { } map)
            foreach (var error in Key($"{field}.configMapKeyRef", map.Name, map.Key)) yield return error;
        if (source.SecretKeyRef is { } secret)
            foreach (var error in Key($"{field}.secretKeyRef", secret.Name, secret.Key)) yield return error;
    }

    private static IEnumerable<FieldError> FieldPath(string field, string path)
    {
        if (path.Length == 0) yield return FieldError.Required(field);
        else if (!FieldPaths.Contains(path) && !IsMapEntry(path)) yield return FieldError.NotSupported(field, path, FieldPaths);
    }

    private static bool IsMapEntry(string path) =>
        (path.StartsWith("metadata.labels['", StringComparison.Ordinal) || path.StartsWith("metadata.annotations['", StringComparison.Ordinal))
        && path.EndsWith("']", StringComparison.Ordinal);

    private static IEnumerable<FieldError> Key(string field, string? name, string key)
    {
        if (string.IsNullOrEmpty(name)) yield return FieldError.Required($"{field}.name");
        if (key.Length == 0) yield return FieldError.Required($"{field}.key");
        else foreach (var error in FieldRules.Invalid($"{field}.key", key, NameRules.ConfigMapKey(key))) yield return error;
    }

    private static IEnumerable<FieldError> From(string field, EnvFromSource source)
    {
        if (!string.IsNullOrEmpty(source.Prefix)) foreach (var error in VariableName($"{field}.prefix", source.Prefix)) yield return error;
        if (source.ConfigMapRef is null && source.SecretRef is null) yield return FieldError.Invalid(field, "", "must specify one of: `configMapRef` or `secretRef`");
        if (source.ConfigMapRef is not null && source.SecretRef is not null) yield return FieldError.Invalid(field, "", OnlyOne);
        if (source.ConfigMapRef is { } map) foreach (var error in FieldRules.Reference($"{field}.configMapRef.name", map.Name)) yield return error;
        if (source.SecretRef is { } secret) foreach (var error in FieldRules.Reference($"{field}.secretRef.name", secret.Name)) yield return error;
    }
}
