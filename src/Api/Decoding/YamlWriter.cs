using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MiniK8s.Api.Decoding;

/// <summary>
/// Writes YAML as <c>kubectl get -o yaml</c> prints it: keys in order, lists not indented below their key, quotes only where
/// a YAML 1.1 reader would misread the text, several lines as a block. Long lines are not folded.
/// </summary>
public sealed class YamlWriter
{
    private readonly StringBuilder output = new();

    private YamlWriter()
    {
    }

    /// <summary>The value as one YAML document, with a line break at its end.</summary>
    public static string Write(JsonNode? value)
    {
        var writer = new YamlWriter();
        if (value is JsonObject { Count: > 0 } map) writer.Map(map, 0, startsInline: false);
        else if (value is JsonArray { Count: > 0 } list) writer.List(list, 0, startsInline: false);
        else writer.Inline(value, 0);
        return writer.output.ToString();
    }

    private void Map(JsonObject map, int indent, bool startsInline)
    {
        foreach (var (key, value) in map.OrderBy(entry => entry.Key, NaturalOrder.Instance))
        {
            if (!startsInline) output.Append(' ', indent);
            startsInline = false;
            output.Append(YamlText.Key(key)).Append(':');
            if (value is JsonObject { Count: > 0 } inner)
            {
                output.Append('\n');
                Map(inner, indent + 2, startsInline: false);
            }
            else if (value is JsonArray { Count: > 0 } list)
            {
                output.Append('\n');
                List(list, indent, startsInline: false);
            }
            else
            {
                output.Append(' ');
                Inline(value, indent + 2);
            }
        }
    }

    private void List(JsonArray list, int indent, bool startsInline)
    {
        foreach (var item in list)
        {
            if (!startsInline) output.Append(' ', indent);
            startsInline = false;
            output.Append("- ");
            if (item is JsonObject { Count: > 0 } map) Map(map, indent + 2, startsInline: true);
            else if (item is JsonArray { Count: > 0 } inner) List(inner, indent + 2, startsInline: true);
            else Inline(item, indent + 2);
        }
    }

    private void Inline(JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject: output.Append("{}\n"); break;
            case JsonArray: output.Append("[]\n"); break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String: YamlText.Value(output, scalar.GetValue<string>(), indent); break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.Number: output.Append(Number(scalar)).Append('\n'); break;
            default: output.Append(value?.ToJsonString() ?? "null").Append('\n'); break;
        }
    }

    /// <summary>A number with an exponent needs its sign, or a YAML 1.1 reader takes it for text.</summary>
    private static string Number(JsonValue value)
    {
        var text = value.ToJsonString();
        return text.AsSpan().ContainsAny('e', 'E') ? double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant() : text;
    }
}
