using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MiniK8s.Api.Values;

/// <summary>A number, or a name in its place, such as a target port (apimachinery's intstr).</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct IntOrString
{
    private readonly int number;
    private readonly string? text;

    private IntOrString(int number, string? text) => (this.number, this.text) = (number, text);

    /// <summary>Whether this is a name.</summary>
    public bool IsString => text is not null;

    /// <summary>The number; 0 for a name.</summary>
    public int Number => number;

    /// <summary>The name; empty for a number.</summary>
    public string Text => text ?? "";

    /// <summary>A number.</summary>
    public static implicit operator IntOrString(int value) => new(value, null);

    /// <summary>A name.</summary>
    public static implicit operator IntOrString(string value) => new(0, value);

    /// <inheritdoc/>
    public override string ToString() => text ?? number.ToString(CultureInfo.InvariantCulture);

    internal sealed class Converter : JsonConverter<IntOrString>
    {
        public override IntOrString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : reader.GetString() ?? "";

        public override void Write(Utf8JsonWriter writer, IntOrString value, JsonSerializerOptions options)
        {
            if (value.IsString) writer.WriteStringValue(value.Text);
            else writer.WriteNumberValue(value.Number);
        }
    }
}
