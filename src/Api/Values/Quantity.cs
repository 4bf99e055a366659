using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MiniK8s.Api.Values;

/// <summary>An amount with a suffix, such as <c>250m</c> or <c>64Mi</c>, as the client wrote it (apimachinery's resource.Quantity).</summary>
/// <param name="Text">The text.</param>
[JsonConverter(typeof(Converter))]
public readonly partial record struct Quantity(string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text ?? "0";

    internal sealed class Converter : JsonConverter<Quantity>
    {
        public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : reader.GetString() ?? "0");

        public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
