using System.Text.Json;
using System.Text.Json.Nodes;
using MiniK8s.Kubectl.Printing;

namespace MiniK8s.Kubectl.Manifests;

/// <summary>The annotation in which an object carries what was applied last, by which apply knows what it may remove.</summary>
internal static class LastApplied
{
    /// <summary>The annotation's name.</summary>
    public const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>A copy of the manifest with its namespace and, in the annotation, itself.</summary>
    /// <exception cref="CommandException">Its metadata or annotations are no map.</exception>
    public static JsonObject Annotate(JsonObject manifest, string? @namespace)
    {
        var copy = (JsonObject)manifest.DeepClone();
        var metadata = Child(copy, "metadata");
        if (@namespace is not null) metadata["namespace"] = @namespace;
        var annotations = Child(metadata, "annotations");
        annotations.Remove(Annotation);
        annotations[Annotation] = JsonText.Compact(copy) + "\n";
        return copy;
    }

    /// <summary>What was applied last; null for an object that was never applied.</summary>
    /// <exception cref="CommandException">The annotation holds no object.</exception>
    public static JsonObject? Of(JsonObject current)
    {
        if ((string?)current["metadata"]?["annotations"]?[Annotation] is not { Length: > 0 } text) return null;
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new CommandException($"the annotation {Annotation} of the object holds no JSON object; remove it, then apply again");
        }
        catch (JsonException)
        {
            throw new CommandException($"the annotation {Annotation} of the object is no JSON; remove it, then apply again");
        }
    }

    private static JsonObject Child(JsonObject owner, string field)
    {
        switch (owner[field])
        {
            case JsonObject child:
                return child;
            case null:
                var made = new JsonObject();
                owner[field] = made;
                return made;
            default:
                throw new CommandException($"{field} must be a map");
        }
    }
}
