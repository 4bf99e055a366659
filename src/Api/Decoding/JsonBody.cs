using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace MiniK8s.Api.Decoding;

/// <summary>Reads JSON and notes keys that stand twice. The last of them counts, as in Go.</summary>
internal sealed class JsonBody
{
    /// <summary>Deeper nesting is refused: no kind of the API comes near it, and every later walk recurses.</summary>
    public const int MaxDepth = 64;

    private readonly List<string> duplicates = [];
    private readonly FieldTrail trail = new();
    private readonly bool hasEscapes;

    private JsonBody(bool hasEscapes) => this.hasEscapes = hasEscapes;

    /// <exception cref="DecodingException">Not UTF-8, not JSON, too deep, or no object.</exception>
    public static ParsedBody Read(ReadOnlyMemory<byte> body)
    {
        RequireUtf8(body.Span);
        return Convert(Parse(body), body.Span);
    }

    /// <summary>Reads objects that stand one behind the other.</summary>
    /// <exception cref="DecodingException">As for <see cref="Read"/>.</exception>
    public static IReadOnlyList<ParsedBody> ReadMany(ReadOnlySpan<byte> body)
    {
        RequireUtf8(body);
        var found = new List<ParsedBody>();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth, AllowMultipleValues = true });
        try
        {
            while (reader.Read()) found.Add(Convert(JsonElement.ParseValue(ref reader), body));
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }

        return found;
    }

    public static void RequireUtf8(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body)) throw new DecodingException("the body is not valid UTF-8");
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonElement.Parse(body.Span, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
    }

    private static ParsedBody Convert(JsonElement root, ReadOnlySpan<byte> body)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new DecodingException($"the body is {Forms.Article(root.ValueKind)}, not an object with apiVersion and kind");
        var reading = new JsonBody(body.IndexOf((byte)'\\') >= 0);
        return new ParsedBody(reading.Object(root), reading.duplicates);
    }

    private static DecodingException Malformed(JsonException e)
    {
        if (e.Message.Contains("depth", StringComparison.OrdinalIgnoreCase)) return new DecodingException($"the body is nested deeper than {MaxDepth} levels", e);
        var detail = e.Message.Split(" LineNumber:")[0];
        return new DecodingException($"invalid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {detail}", e);
    }

    private JsonObject Object(JsonElement element)
    {
        var result = new JsonObject();
        foreach (var property in element.EnumerateObject())
        {
            var name = hasEscapes ? EscapedName(property) : property.Name;
            trail.Enter(name);
            if (result.ContainsKey(name)) duplicates.Add($"duplicate field \"{trail.Text()}\"");
            result[name] = Node(property.Value);
            trail.Leave();
        }

        return result;
    }

    private JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object: return Object(element);
            case JsonValueKind.Array: return Array(element);
            case JsonValueKind.Null: return null;
            case JsonValueKind.String when hasEscapes: return JsonValue.Create(Text(element.GetString));
            default: return JsonValue.Create(element);
        }
    }

    private JsonArray Array(JsonElement element)
    {
        var result = new JsonArray();
        foreach (var item in element.EnumerateArray())
        {
            trail.Enter(result.Count);
            result.Add(Node(item));
            trail.Leave();
        }

        return result;
    }

    private string EscapedName(JsonProperty property) => Text(() => property.Name);

    /// <summary>Text whose escapes name half a surrogate pair has no UTF-8 form.</summary>
    private string Text(Func<string?> read)
    {
        try
        {
            return read() ?? "";
        }
        catch (InvalidOperationException e)
        {
            throw new DecodingException($"{trail.Text()}: a \\u escape names half of a surrogate pair, which is no character", e);
        }
    }
}
