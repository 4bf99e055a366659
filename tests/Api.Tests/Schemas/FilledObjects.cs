using System.Text.Json.Nodes;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Tests.Schemas;

/// <summary>Makes an object with every field of a schema filled; each value differs from the last, so that a mix-up shows.</summary>
internal sealed class FilledObjects
{
    private readonly Dictionary<Schema, int> open = [];
    private int count;

    public static JsonObject Of(ApiKind kind) => Of(kind.Schema, kind.Info.GroupVersion, kind.Info.Kind);

    public static JsonObject Of(Schema schema, string apiVersion, string kind)
    {
        var filled = (JsonObject)new FilledObjects().Value(schema)!;
        filled["apiVersion"] = apiVersion;
        filled["kind"] = kind;
        return filled;
    }

    private JsonNode? Value(Schema schema)
    {
        count++;
        return schema.Type switch
        {
            SchemaType.Any => new JsonObject { ["f:x"] = new JsonObject() },
            SchemaType.Object => Object(schema),
            SchemaType.Map => new JsonObject { [$"k{count}"] = Value(schema.Items!), [$"l{count}"] = Value(schema.Items!) },
            SchemaType.Array => new JsonArray(Value(schema.Items!), Value(schema.Items!)),
            SchemaType.String => $"text {count}",
            SchemaType.Int32 => (long)count % 2 == 0 ? count : -count,
            SchemaType.Int64 => (long.MaxValue / 2) + count,
            SchemaType.Number => count + 0.5,
            SchemaType.Boolean => true,
            SchemaType.IntOrString => count % 2 == 0 ? JsonValue.Create($"name-{count}") : JsonValue.Create((long)count),
            SchemaType.Quantity => $"{count}m",
            SchemaType.Time => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(count).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
            SchemaType.MicroTime => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMicroseconds(count).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
            SchemaType.Bytes => Convert.ToBase64String([(byte)count, 0, 255]),
            _ => throw new ArgumentException($"no value for {schema.Type}"),
        };
    }

    private JsonObject Object(Schema schema)
    {
        var result = new JsonObject();
        // A type that contains itself is filled to two levels.
        if (open.GetValueOrDefault(schema) >= 2) return result;
        open[schema] = open.GetValueOrDefault(schema) + 1;
        foreach (var field in schema.Fields) result[field.Name] = Value(field.Schema);
        open[schema]--;
        return result;
    }
}
