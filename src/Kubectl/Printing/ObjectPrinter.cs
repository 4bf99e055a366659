using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Decoding;

namespace MiniK8s.Kubectl.Printing;

/// <summary>Prints whole objects as YAML, JSON or names.</summary>
internal static class ObjectPrinter
{
    /// <summary>The text of an object, ended by a line break.</summary>
    /// <param name="value">The object; who manages which field is left out of it.</param>
    /// <param name="kind">Its kind, for a name.</param>
    /// <param name="format">YAML, JSON or name.</param>
    public static string Text(JsonObject value, KindInfo kind, OutputFormat format) => format switch
    {
        OutputFormat.Yaml => YamlWriter.Write(Unmanaged(value)),
        OutputFormat.Json => JsonText.Indented(Unmanaged(value)) + "\n",
        OutputFormat.Name => Names.Of(kind, (string?)value["metadata"]?["name"] ?? "") + "\n",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "objects are printed as YAML, JSON or names"),
    };

    /// <summary>Several objects as one List, in the form that kubectl gives them.</summary>
    public static string Text(IEnumerable<JsonObject> values, OutputFormat format)
    {
        var list = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["items"] = new JsonArray([.. values.Select(value => Unmanaged(value).DeepClone())]),
            ["kind"] = "List",
            ["metadata"] = new JsonObject { ["resourceVersion"] = "" },
        };
        return format == OutputFormat.Yaml ? YamlWriter.Write(list) : JsonText.Indented(list) + "\n";
    }

    private static JsonObject Unmanaged(JsonObject value)
    {
        (value["metadata"] as JsonObject)?.Remove("managedFields");
        return value;
    }
}
