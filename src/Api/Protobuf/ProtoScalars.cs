using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Schemas;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Protobuf;

/// <summary>The values that are a scalar in JSON and a message in protobuf (apimachinery's generated.proto).</summary>
internal static class ProtoScalars
{
    private const long TicksPerSecond = TimeSpan.TicksPerSecond;

    /// <summary><c>Quantity{string = 1}</c>.</summary>
    public static JsonValue Quantity(ReadOnlySpan<byte> message)
    {
        var text = "0";
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Number == 1) text = reader.Text();
            else reader.Skip();
        }

        return Values.Quantity.TryParse(text, out var quantity, out var error) ? JsonValue.Create(quantity.Text) : throw new DecodingException($"{error}: \"{text}\"");
    }

    /// <summary><c>Time{seconds = 1, nanos = 2}</c>; empty for no time.</summary>
    public static JsonValue? Time(ReadOnlySpan<byte> message, SchemaType type)
    {
        if (message.IsEmpty) return null;
        var (seconds, nanos) = (0L, 0L);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Number == 1) seconds = reader.Integer();
            else if (reader.Number == 2) nanos = reader.Integer();
            else reader.Skip();
        }

        if (seconds == 0 && nanos == 0) return null;
        if (seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds() || nanos is < 0 or > 999_999_999)
        {
            throw ProtoReader.Malformed($"{seconds} seconds and {nanos} nanoseconds are no time");
        }

        var time = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanos / TimeSpan.NanosecondsPerTick);
        return JsonValue.Create(type == SchemaType.Time ? Rfc3339.Seconds(time) : Rfc3339.Microseconds(time));
    }

    /// <summary><c>IntOrString{type = 1, intVal = 2, strVal = 3}</c>; type 1 is text.</summary>
    public static JsonValue IntOrString(ReadOnlySpan<byte> message)
    {
        var (isText, number, text) = (false, 0L, "");
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Number == 1) isText = reader.Integer() == 1;
            else if (reader.Number == 2) number = (int)reader.Integer();
            else if (reader.Number == 3) text = reader.Text();
            else reader.Skip();
        }

        return isText ? JsonValue.Create(text) : JsonValue.Create(number);
    }

    /// <summary><c>FieldsV1{Raw = 1}</c> and <c>RawExtension{raw = 1}</c>: JSON inside protobuf.</summary>
    public static JsonNode? Raw(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Number != 1)
            {
                reader.Skip();
                continue;
            }

            try
            {
                return JsonNode.Parse(reader.Bytes(), documentOptions: new JsonDocumentOptions { MaxDepth = JsonBody.MaxDepth });
            }
            catch (JsonException e)
            {
                throw new DecodingException($"the protobuf body is malformed: raw JSON in it is none: {e.Message}", e);
            }
        }

        return null;
    }

    /// <summary>The message of a scalar.</summary>
    public static ProtoWriter Write(JsonNode value, SchemaType type)
    {
        var message = new ProtoWriter();
        switch (type)
        {
            case SchemaType.Quantity:
                message.Text(1, value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString());
                break;
            case SchemaType.IntOrString when value.GetValueKind() == JsonValueKind.String:
                message.Integer(1, 1);
                message.Integer(2, 0);
                message.Text(3, value.GetValue<string>());
                break;
            case SchemaType.IntOrString:
                message.Integer(1, 0);
                message.Integer(2, ProtoEncoder.Integer(value));
                message.Text(3, "");
                break;
            case SchemaType.Any:
                message.Bytes(1, Encoding.UTF8.GetBytes(value.ToJsonString()));
                break;
            default:
                WriteTime(message, value);
                break;
        }

        return message;
    }

    private static void WriteTime(ProtoWriter message, JsonNode value)
    {
        if (!Rfc3339.TryParse(value.GetValue<string>(), out var time)) throw new DecodingException($"{value.ToJsonString()} is no RFC 3339 time");
        message.Integer(1, time.ToUnixTimeSeconds());
        message.Integer(2, time.UtcTicks % TicksPerSecond * TimeSpan.NanosecondsPerTick);
    }
}
