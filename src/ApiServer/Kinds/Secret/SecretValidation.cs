using System.Text.Json;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Names;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Keys and size of a Secret, and what its type promises to be in it.</summary>
internal static class SecretValidation
{
    private const string AccountAnnotation = "kubernetes.io/service-account.name";

    public static IEnumerable<FieldError> Validate(Secret secret)
    {
        foreach (var (key, _) in secret.Data)
        {
            foreach (var error in FieldRules.Invalid($"data[{key}]", key, NameRules.ConfigMapKey(key))) yield return error;
        }
        if (secret.Data.Values.Sum(bytes => (long)bytes.Length) > DataRules.MostBytes) yield return FieldError.TooLong("data", DataRules.MostBytes);
        foreach (var error in OfType(secret)) yield return error;
    }

    private static IEnumerable<FieldError> OfType(Secret secret) => secret.Type switch
    {
        "kubernetes.io/service-account-token" when string.IsNullOrEmpty(secret.Metadata.Annotations.GetValueOrDefault(AccountAnnotation)) =>
            [FieldError.Required($"metadata.annotations[{AccountAnnotation}]")],
        "kubernetes.io/dockercfg" => Json(secret, ".dockercfg"),
        "kubernetes.io/dockerconfigjson" => Json(secret, ".dockerconfigjson"),
        "kubernetes.io/basic-auth" when !secret.Data.ContainsKey("username") && !secret.Data.ContainsKey("password") =>
            [FieldError.Required("data[username]"), FieldError.Required("data[password]")],
        "kubernetes.io/ssh-auth" when secret.Data.GetValueOrDefault("ssh-privatekey") is not { Length: > 0 } => [FieldError.Required("data[ssh-privatekey]")],
        "kubernetes.io/tls" => new[] { "tls.crt", "tls.key" }.Where(key => !secret.Data.ContainsKey(key)).Select(key => FieldError.Required($"data[{key}]")),
        _ => [],
    };

    private static IEnumerable<FieldError> Json(Secret secret, string key)
    {
        if (!secret.Data.TryGetValue(key, out var bytes)) yield return FieldError.Required($"data[{key}]");
        else if (!IsJsonObject(bytes)) yield return FieldError.Invalid($"data[{key}]", "<secret contents redacted>", "must be a JSON object");
    }

    private static bool IsJsonObject(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
