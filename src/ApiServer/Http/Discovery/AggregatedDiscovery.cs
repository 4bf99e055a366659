using System.Buffers;
using System.Text.Json;
using MiniK8s.Api.Declarations;

namespace MiniK8s.ApiServer.Http.Discovery;

/// <summary>Aggregated discovery (KEP-3352): all groups, versions and resources in one document.</summary>
internal static class AggregatedDiscovery
{
    /// <summary>The group of the document's own kind.</summary>
    public const string Group = "apidiscovery.k8s.io";

    /// <summary>The document's kind.</summary>
    public const string Kind = "APIGroupDiscoveryList";

    /// <summary>The versions in which it is served.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["v2", "v2beta1"];

    /// <summary>The document of some groups.</summary>
    public static byte[] Write(IReadOnlyList<DiscoveryGroup> groups, string version)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Kind);
            writer.WriteString("apiVersion", $"{Group}/{version}");
            writer.WriteStartObject("metadata");
            writer.WriteEndObject();
            writer.WriteStartArray("items");
            foreach (var group in groups) WriteGroup(writer, group);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteGroup(Utf8JsonWriter writer, DiscoveryGroup group)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("metadata");
        if (group.Name.Length > 0) writer.WriteString("name", group.Name);
        writer.WriteNull("creationTimestamp");
        writer.WriteEndObject();
        writer.WriteStartArray("versions");
        foreach (var version in group.Versions)
        {
            writer.WriteStartObject();
            writer.WriteString("version", version.Version);
            writer.WriteStartArray("resources");
            foreach (var resource in version.Resources) WriteResource(writer, resource);
            writer.WriteEndArray();
            writer.WriteString("freshness", "Current");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter writer, DiscoveryResource resource)
    {
        writer.WriteStartObject();
        writer.WriteString("resource", resource.Name);
        WriteKind(writer, resource.Kind);
        writer.WriteString("scope", resource.Namespaced ? "Namespaced" : "Cluster");
        writer.WriteString("singularResource", resource.Kind.Singular);
        WriteTexts(writer, "verbs", resource.Verbs);
        if (resource.Kind.ShortNames.Count > 0) WriteTexts(writer, "shortNames", resource.Kind.ShortNames);
        if (resource.Kind.Categories.Count > 0) WriteTexts(writer, "categories", resource.Kind.Categories);
        if (resource.Subresources.Count > 0)
        {
            writer.WriteStartArray("subresources");
            foreach (var subresource in resource.Subresources)
            {
                writer.WriteStartObject();
                writer.WriteString("subresource", subresource.Name);
                WriteKind(writer, subresource.Kind);
                WriteTexts(writer, "verbs", subresource.Verbs);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteKind(Utf8JsonWriter writer, KindInfo kind)
    {
        writer.WriteStartObject("responseKind");
        writer.WriteString("group", kind.Group);
        writer.WriteString("version", kind.Version);
        writer.WriteString("kind", kind.Kind);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
