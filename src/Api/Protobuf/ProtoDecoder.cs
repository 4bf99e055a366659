using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Protobuf;

/// <summary>Turns protobuf messages into the JSON of their schema.</summary>
internal static class ProtoDecoder
{
    public static JsonObject Object(ReadOnlySpan<byte> message, Schema schema)
    {
        var result = new JsonObject();
        Read(message, ProtoLayout.Of(schema), result, 0);
        return result;
    }

    private static void Read(ReadOnlySpan<byte> message, ProtoLayout layout, JsonObject into, int depth)
    {
        if (depth > JsonBody.MaxDepth) throw ProtoReader.Malformed($"messages are nested deeper than {JsonBody.MaxDepth} levels");
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (layout.Inlined.TryGetValue(reader.Number, out var inner)) Read(reader.Bytes(), inner, into, depth + 1);
            else if (layout.Fields.TryGetValue(reader.Number, out var field)) Read(ref reader, field, into, depth);
            else reader.Skip();
        }
    }

    private static void Read(ref ProtoReader reader, SchemaField field, JsonObject into, int depth)
    {
        switch (field.Schema.Type)
        {
            case SchemaType.Array:
                if (into[field.Name] is not JsonArray list) into[field.Name] = list = [];
                Items(ref reader, field.Schema.Items!, list, depth);
                break;
            case SchemaType.Map:
                if (into[field.Name] is not JsonObject map) into[field.Name] = map = [];
                Entry(reader.Bytes(), field.Schema.Items!, map, depth);
                break;
            case SchemaType.Object:
                // A message that stands twice is merged (protobuf encoding, "Last One Wins").
                if (into[field.Name] is not JsonObject inner) into[field.Name] = inner = [];
                Read(reader.Bytes(), ProtoLayout.Of(field.Schema), inner, depth + 1);
                break;
            default:
                var value = Value(ref reader, field.Schema, depth);
                if (value is null || (field.OmitsZero && ScalarForms.IsZero(value, field.Schema.Type))) into.Remove(field.Name);
                else into[field.Name] = value;
                break;
        }
    }

    private static void Items(ref ProtoReader reader, Schema items, JsonArray into, int depth)
    {
        var isNumber = items.Type is SchemaType.Int32 or SchemaType.Int64 or SchemaType.Boolean;
        if (!isNumber || reader.Type != WireType.Bytes)
        {
            into.Add(Value(ref reader, items, depth));
            return;
        }

        var packed = new ProtoReader(reader.Bytes());
        while (!packed.IsAtEnd)
        {
            var number = (long)packed.Varint();
            into.Add(items.Type switch
            {
                SchemaType.Boolean => JsonValue.Create(number != 0),
                SchemaType.Int32 => JsonValue.Create((long)(int)number),
                _ => JsonValue.Create(number),
            });
        }
    }

    private static void Entry(ReadOnlySpan<byte> entry, Schema values, JsonObject into, int depth)
    {
        var (key, value) = ("", ScalarForms.Zero(values));
        var reader = new ProtoReader(entry);
        while (reader.Next())
        {
            if (reader.Number == 1) key = reader.Text();
            else if (reader.Number == 2) value = Value(ref reader, values, depth);
            else reader.Skip();
        }

        into[key] = value;
    }

    private static JsonNode? Value(ref ProtoReader reader, Schema schema, int depth)
    {
        switch (schema.Type)
        {
            case SchemaType.String: return JsonValue.Create(reader.Text());
            case SchemaType.Int32: return JsonValue.Create((long)(int)reader.Integer());
            case SchemaType.Int64: return JsonValue.Create(reader.Integer());
            case SchemaType.Boolean: return JsonValue.Create(reader.Integer() != 0);
            case SchemaType.Number: return JsonValue.Create(reader.Double());
            case SchemaType.Bytes: return JsonValue.Create(Convert.ToBase64String(reader.Bytes()));
            case SchemaType.Quantity: return ProtoScalars.Quantity(reader.Bytes());
            case SchemaType.Time or SchemaType.MicroTime: return ProtoScalars.Time(reader.Bytes(), schema.Type);
            case SchemaType.IntOrString: return ProtoScalars.IntOrString(reader.Bytes());
            case SchemaType.Any: return ProtoScalars.Raw(reader.Bytes());
            case SchemaType.Object:
                var result = new JsonObject();
                Read(reader.Bytes(), ProtoLayout.Of(schema), result, depth + 1);
                return result;
            case SchemaType.Array: return Wrapped(reader.Bytes(), schema.Items!, depth + 1);
            default: throw ProtoReader.Malformed($"a map cannot be the item of a list or map (field {reader.Number})");
        }
    }

    /// <summary>A list inside a list or map: protobuf needs a message around it, whose field 1 it is.</summary>
    private static JsonArray Wrapped(ReadOnlySpan<byte> message, Schema items, int depth)
    {
        if (depth > JsonBody.MaxDepth) throw ProtoReader.Malformed($"messages are nested deeper than {JsonBody.MaxDepth} levels");
        var result = new JsonArray();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Number == 1) Items(ref reader, items, result, depth);
            else reader.Skip();
        }

        return result;
    }
}
