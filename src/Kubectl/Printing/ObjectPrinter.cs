using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Decoding;
using MiniK8s.Kubectl.Manifests;

namespace MiniK8s.Kubectl.Printing;

/// <summary>Prints whole objects as YAML, JSON or names.</summary>
internal static class ObjectPrinter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of an object, ended by a line break.</summary>
    public static string Text(JsonObject value, KindInfo? kind, OutputFormat format) => format switch
    {
        OutputFormat.Yaml => YamlWriter.Write(value),
        OutputFormat.Json => JsonSerializer.Serialize(JsonOrder.Sorted(value), Indented) + "\n",
        OutputFormat.Name => Names.Of(kind!, (string?)value["metadata"]?["name"] ?? "") + "\n",
        _ => throw new CommandException($"objects cannot be printed as {format}"),
    };

    /// <summary>Several objects as one List, in the form that kubectl gives them.</summary>
    public static JsonObject ListOf(IEnumerable<JsonObject> items) => new()
    {
        ["apiVersion"] = "v1",
        ["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]),
        ["kind"] = "List",
        ["metadata"] = new JsonObject { ["resourceVersion"] = "" },
    };
}
