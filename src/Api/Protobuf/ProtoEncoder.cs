using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Protobuf;

/// <summary>Turns the JSON of a schema into protobuf messages: fields in the order of their numbers, maps in the order of their keys.</summary>
internal static class ProtoEncoder
{
    public static ProtoWriter Object(JsonObject value, Schema schema)
    {
        var message = new ProtoWriter();
        Write(message, value, ProtoLayout.Of(schema));
        return message;
    }

    public static long Integer(JsonNode value) => value.TryInt64(out var number) ? number : throw new DecodingException($"{value.ToJsonString()} is no whole number");

    private static void Write(ProtoWriter message, JsonObject value, ProtoLayout layout)
    {
        foreach (var number in layout.Fields.Keys.Concat(layout.Inlined.Keys).Order())
        {
            if (layout.Inlined.TryGetValue(number, out var inner))
            {
                var inlined = new ProtoWriter();
                Write(inlined, value, inner);
                if (!inlined.IsEmpty) message.Message(number, inlined);
            }
            else if (layout.Fields.TryGetValue(number, out var field) && value[field.Name] is { } node) Field(message, number, node, field.Schema);
        }
    }

    private static void Field(ProtoWriter message, int number, JsonNode node, Schema schema)
    {
        switch (schema.Type)
        {
            case SchemaType.Array:
                foreach (var item in node.AsArray()) Value(message, number, item, schema.Items!);
                break;
            case SchemaType.Map:
                foreach (var (key, value) in node.AsObject().OrderBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    var entry = new ProtoWriter();
                    entry.Text(1, key);
                    Value(entry, 2, value, schema.Items!);
                    message.Message(number, entry);
                }

                break;
            default:
                Value(message, number, node, schema);
                break;
        }
    }

    private static void Value(ProtoWriter message, int number, JsonNode? node, Schema schema)
    {
        node ??= ScalarForms.Zero(schema);
        if (node is null) return;
        switch (schema.Type)
        {
            case SchemaType.String: message.Text(number, node.GetValue<string>()); break;
            case SchemaType.Int32 or SchemaType.Int64: message.Integer(number, Integer(node)); break;
            case SchemaType.Boolean: message.Integer(number, node.GetValue<bool>() ? 1 : 0); break;
            case SchemaType.Number: message.Double(number, double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)); break;
            case SchemaType.Bytes: message.Bytes(number, Convert.FromBase64String(node.GetValue<string>())); break;
            case SchemaType.Object: message.Message(number, Object(node.AsObject(), schema)); break;
            case SchemaType.Array:
                var wrapped = new ProtoWriter();
                Field(wrapped, 1, node, schema);
                message.Message(number, wrapped);
                break;
            case SchemaType.Map: throw new DecodingException("a map cannot be the item of a list or map in protobuf");
            default: message.Message(number, ProtoScalars.Write(node, schema.Type)); break;
        }
    }
}
