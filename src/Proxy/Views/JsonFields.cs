using System.Text.Json;

namespace MiniK8s.Proxy.Views;

/// <summary>
/// Steps through JSON whose text is at hand as a whole, as it is in a <see cref="System.Text.Json.Serialization.JsonConverter{T}"/>.
/// A value that is null counts as one that is left out, as everywhere in the API.
/// </summary>
internal static class JsonFields
{
    /// <summary>Reads one element of a list; the reader stands on its first token, and must be left on its last.</summary>
    public delegate T Element<out T>(ref Utf8JsonReader reader);

    /// <summary>Steps from an object's first token, or from the value before, to the next field's name. False at the object's end.</summary>
    public static bool Next(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Steps from a field's name over its value.</summary>
    public static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.TrySkip();
    }

    /// <summary>Steps from a field's name onto its object. False for null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static bool Enter(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return false;
        MustBe(ref reader, JsonTokenType.StartObject);
        return true;
    }

    /// <summary>The text that is a field's value, from its name on.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    /// <summary>The same, without making a text anew for the value that there nearly always is.</summary>
    public static string? Text(ref Utf8JsonReader reader, string usual)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(usual) ? usual : reader.GetString();
    }

    /// <summary>The number that is a field's value, from its name on.</summary>
    public static int? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32();
    }

    /// <summary>The truth that is a field's value, from its name on.</summary>
    public static bool? Flag(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : reader.GetBoolean();
    }

    /// <summary>The list that is a field's value, from its name on.</summary>
    /// <exception cref="JsonException">It is no list.</exception>
    public static IReadOnlyList<T> List<T>(ref Utf8JsonReader reader, Element<T> read)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return [];
        MustBe(ref reader, JsonTokenType.StartArray);
        List<T>? list = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) (list ??= []).Add(read(ref reader));
        return (IReadOnlyList<T>?)list ?? [];
    }

    /// <summary>A list of texts.</summary>
    public static IReadOnlyList<string> Texts(ref Utf8JsonReader reader) =>
        List(ref reader, static (ref Utf8JsonReader each) => each.GetString() ?? throw new JsonException("expected a text, found null"));

    /// <summary>Makes sure of the token that the reader stands on.</summary>
    /// <exception cref="JsonException">It is another.</exception>
    public static void MustBe(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type) throw new JsonException($"expected {type}, found {reader.TokenType}");
    }
}
