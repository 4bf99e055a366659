using System.Text.Json.Nodes;

namespace MiniK8s.Api.Decoding;

/// <summary>A body that was read, but not yet held against a schema.</summary>
/// <param name="Object">The object; of a key that stood there twice, the last value.</param>
/// <param name="Duplicates">Keys that stood there twice, as Kubernetes reports them.</param>
public sealed record ParsedBody(JsonObject Object, IReadOnlyList<string> Duplicates)
{
    /// <summary>The object's <c>apiVersion</c>; empty if it has none.</summary>
    public string ApiVersion => Text("apiVersion");

    /// <summary>The object's <c>kind</c>; empty if it has none.</summary>
    public string Kind => Text("kind");

    private string Text(string name) => Object[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
