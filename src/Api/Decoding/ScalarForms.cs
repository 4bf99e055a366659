using System.Text.Json;
using System.Text.Json.Nodes;
using MiniK8s.Api.Schemas;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Decoding;

/// <summary>The scalar forms: which JSON they take, and how the value is stored.</summary>
internal static class ScalarForms
{
    /// <summary>
    /// The value as it is stored. False if JSON of this form is never such a value; true with an error if the form is right
    /// and the content is not.
    /// </summary>
    public static bool TryStored(JsonValue value, SchemaType type, out JsonValue stored, out string? error)
    {
        (stored, error) = (value, null);
        var kind = value.GetValueKind();
        switch (type)
        {
            case SchemaType.String: return kind == JsonValueKind.String;
            case SchemaType.Boolean: return kind is JsonValueKind.True or JsonValueKind.False;
            case SchemaType.Number: return kind == JsonValueKind.Number;
            case SchemaType.Int64: return value.TryInt64(out _);
            case SchemaType.Int32: return IsInt32(value);
            case SchemaType.IntOrString: return kind == JsonValueKind.String || IsInt32(value);
            case SchemaType.Quantity: return TryQuantity(value, kind, ref stored, ref error);
            case SchemaType.Time or SchemaType.MicroTime: return TryTime(value, type, ref stored, ref error);
            case SchemaType.Bytes: return TryBytes(value, ref stored, ref error);
            default: return false;
        }
    }

    /// <summary>Whether the value is zero, false or empty text. Times, quantities, lists and maps have no zero here.</summary>
    public static bool IsZero(JsonNode? node, SchemaType type) => type switch
    {
        SchemaType.String or SchemaType.Bytes => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0,
        SchemaType.Boolean => node?.GetValueKind() == JsonValueKind.False,
        SchemaType.Int32 or SchemaType.Int64 or SchemaType.IntOrString => node.TryInt64(out var number) && number == 0,
        _ => false,
    };

    /// <summary>What Go leaves in a list or map where the JSON says null.</summary>
    public static JsonNode? Zero(Schema schema) => schema.Type switch
    {
        SchemaType.String or SchemaType.Bytes => "",
        SchemaType.Int32 or SchemaType.Int64 or SchemaType.Number or SchemaType.IntOrString => 0,
        SchemaType.Boolean => false,
        SchemaType.Quantity => "0",
        SchemaType.Object or SchemaType.Map => new JsonObject(),
        SchemaType.Array => new JsonArray(),
        _ => null,
    };

    private static bool IsInt32(JsonValue value) => value.TryInt64(out var number) && number is >= int.MinValue and <= int.MaxValue;

    private static bool TryQuantity(JsonValue value, JsonValueKind kind, ref JsonValue stored, ref string? error)
    {
        if (kind is not (JsonValueKind.String or JsonValueKind.Number)) return false;
        var text = kind == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        if (!Quantity.TryParse(text, out var quantity, out error)) return true;
        if (kind == JsonValueKind.Number || quantity.Text != text) stored = JsonValue.Create(quantity.Text);
        return true;
    }

    private static bool TryTime(JsonValue value, SchemaType type, ref JsonValue stored, ref string? error)
    {
        if (!value.TryGetValue<string>(out var text)) return false;
        if (!Rfc3339.TryParse(text, out var time))
        {
            error = $"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": not an RFC 3339 time such as 2006-01-02T15:04:05Z";
            return true;
        }

        var normal = type == SchemaType.Time ? Rfc3339.Seconds(time) : Rfc3339.Microseconds(time);
        if (normal != text) stored = JsonValue.Create(normal);
        return true;
    }

    private static bool TryBytes(JsonValue value, ref JsonValue stored, ref string? error)
    {
        if (!value.TryGetValue<string>(out var text)) return false;
        // Go's decoder skips line breaks; nothing else may stand between the characters.
        var clean = text.AsSpan().ContainsAny('\r', '\n') ? text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal) : text;
        if (clean.AsSpan().ContainsAny(" \t\f\v") || !Convert.TryFromBase64String(clean, new byte[(clean.Length / 4 * 3) + 3], out _))
        {
            error = "illegal base64 data";
            return true;
        }

        if (!ReferenceEquals(clean, text)) stored = JsonValue.Create(clean);
        return true;
    }
}
