using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;

namespace MiniK8s.Kubectl.Manifests;

/// <summary>One object to be sent.</summary>
/// <param name="Object">The object as it was written.</param>
/// <param name="Source">Where it stands: a file, or STDIN.</param>
internal sealed record Manifest(JsonObject Object, string Source)
{
    /// <summary>Its group and version.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Its name; empty where it is to be generated.</summary>
    public required string Name { get; init; }

    /// <summary>Its namespace; null where it names none.</summary>
    public required string? Namespace { get; init; }

    /// <summary>Where it stands, for messages.</summary>
    public string Where => $"\"{Source}\"";

    /// <summary>Reads the fields that say what the object is.</summary>
    /// <exception cref="DecodingException">One of them is missing.</exception>
    public static Manifest Of(JsonObject value, string source)
    {
        var metadata = value["metadata"] as JsonObject;
        var manifest = new Manifest(value, source)
        {
            ApiVersion = Text(value, "apiVersion") ?? throw new DecodingException("apiVersion not set"),
            Kind = Text(value, "kind") ?? throw new DecodingException("kind not set"),
            Name = Text(metadata, "name") ?? "",
            Namespace = Text(metadata, "namespace"),
        };
        return manifest.Name.Length > 0 || Text(metadata, "generateName") is not null
            ? manifest
            : throw new DecodingException($"{manifest.Kind}: metadata.name not set");
    }

    private static string? Text(JsonObject? owner, string field) =>
        owner?[field] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
