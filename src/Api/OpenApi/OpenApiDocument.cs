using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MiniK8s.Api.OpenApi;

/// <summary>
/// OpenAPI v3 descriptions, from which kubectl learns the fields of kinds (<c>explain</c>), how lists merge (<c>apply</c>,
/// <c>edit</c>, <c>diff</c>) and whether the server validates. Equal input gives equal bytes.
/// </summary>
public static class OpenApiDocument
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The description of one group and version, as UTF-8 JSON.</summary>
    /// <param name="version">The version of the server.</param>
    /// <param name="resources">The resources of the group and version.</param>
    public static byte[] Build(string version, IEnumerable<OpenApiResource> resources)
    {
        var components = new OpenApiComponents();
        var paths = new OpenApiPaths(components);
        foreach (var resource in resources) paths.Add(resource);
        return Bytes(new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = version },
            ["paths"] = paths.ToJson(),
            ["components"] = new JsonObject { ["schemas"] = components.ToJson() },
        });
    }

    /// <summary>The answer to <c>GET /openapi/v3</c>: where each description is, with a hash by which clients keep it.</summary>
    /// <param name="documents">The descriptions by path without a slash at the front: <c>api/v1</c>, <c>apis/discovery.k8s.io/v1</c>.</param>
    public static byte[] BuildIndex(IEnumerable<KeyValuePair<string, byte[]>> documents)
    {
        var paths = new JsonObject();
        foreach (var (path, document) in documents.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={Hash(document)}" };
        }

        return Bytes(new JsonObject { ["paths"] = paths });
    }

    /// <summary>The hash of a description, also for its ETag.</summary>
    public static string Hash(ReadOnlySpan<byte> document) => Convert.ToHexString(SHA256.HashData(document));

    private static byte[] Bytes(JsonObject value)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, Options)) value.WriteTo(writer);
        return output.ToArray();
    }
}
