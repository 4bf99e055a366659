using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MiniK8s.Kubectl.Printing;

/// <summary>JSON as kubectl writes it: keys in order, and the characters that could end a script element escaped (Go's encoding/json).</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Broken = new(Plain) { WriteIndented = true, IndentSize = 4 };

    /// <summary>On one line.</summary>
    public static string Compact(JsonNode value) => Escape(Sorted(value)!.ToJsonString(Plain));

    /// <summary>On many lines, four blanks deep.</summary>
    public static string Indented(JsonNode value) => Escape(Sorted(value)!.ToJsonString(Broken));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    // None of these can stand outside a string, so that the whole text may be treated as one.
    private static string Escape(string json) => json
        .Replace("<", "\\u003c", StringComparison.Ordinal)
        .Replace(">", "\\u003e", StringComparison.Ordinal)
        .Replace("&", "\\u0026", StringComparison.Ordinal);
}
