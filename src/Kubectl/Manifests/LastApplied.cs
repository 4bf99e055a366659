using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MiniK8s.Kubectl.Manifests;

/// <summary>The annotation in which an object carries what was applied last, by which apply knows what it may remove.</summary>
internal static class LastApplied
{
    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A copy of the manifest with its namespace and, in the annotation, itself.</summary>
    public static JsonObject Annotate(JsonObject manifest, string? @namespace)
    {
        var copy = (JsonObject)manifest.DeepClone();
        var metadata = Child(copy, "metadata");
        if (@namespace is not null) metadata["namespace"] = @namespace;
        var annotations = Child(metadata, "annotations");
        annotations.Remove(Annotation);
        annotations[Annotation] = JsonOrder.Sorted(copy)!.ToJsonString(Plain) + "\n";
        return copy;
    }

    /// <summary>What was applied last; null for an object that was never applied.</summary>
    public static JsonObject? Of(JsonObject current) =>
        (string?)current["metadata"]?["annotations"]?[Annotation] is { } text ? JsonNode.Parse(text) as JsonObject : null;

    private static JsonObject Child(JsonObject owner, string field)
    {
        if (owner[field] is JsonObject child) return child;
        var made = new JsonObject();
        owner[field] = made;
        return made;
    }
}
