using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.OpenApi;

/// <summary>The named schemas of a document. Asking for a reference to one puts it, and all that it refers to, among them.</summary>
internal sealed class OpenApiComponents
{
    private const string Prefix = "#/components/schemas/";

    private readonly SortedDictionary<string, JsonObject> components = new(StringComparer.Ordinal);

    /// <summary>The components, in the order of their names.</summary>
    public JsonObject ToJson() => new(components.Select(component => KeyValuePair.Create(component.Key, (JsonNode?)component.Value)));

    /// <summary>A reference to the schema, which must have a name.</summary>
    public JsonObject Reference(Schema schema)
    {
        Add(schema);
        return new JsonObject { ["$ref"] = Prefix + schema.Name };
    }

    /// <summary>A reference to a schema that says of which kinds it is.</summary>
    public JsonObject Reference(Schema schema, params IEnumerable<KindInfo> kinds)
    {
        var reference = Reference(schema);
        components[schema.Name!]["x-kubernetes-group-version-kind"] ??= new JsonArray([.. kinds.Select(Kind)]);
        return reference;
    }

    /// <summary>The body of a patch, which has a form of its own for each media type.</summary>
    public JsonObject PatchReference()
    {
        const string Name = "io.k8s.apimachinery.pkg.apis.meta.v1.Patch";
        components.TryAdd(Name, new JsonObject { ["type"] = "object" });
        return new JsonObject { ["$ref"] = Prefix + Name };
    }

    /// <summary>Group, version and kind, as extensions write them.</summary>
    public static JsonObject Kind(KindInfo info) => new() { ["group"] = info.Group, ["kind"] = info.Kind, ["version"] = info.Version };

    private void Add(Schema schema)
    {
        var name = schema.Name ?? throw new ArgumentException("only a schema with a name can be referred to", nameof(schema));
        if (components.ContainsKey(name)) return;
        var component = new JsonObject();
        // Entered before it is filled: a type may contain itself.
        components.Add(name, component);
        switch (schema.Type)
        {
            case SchemaType.Object:
                Fill(component, schema);
                break;
            case SchemaType.IntOrString:
                component["format"] = "int-or-string";
                component["oneOf"] = new JsonArray(Type("integer"), Type("string"));
                break;
            case SchemaType.Quantity:
                component["oneOf"] = new JsonArray(Type("string"), Type("number"));
                break;
            default:
                component["type"] = "string";
                component["format"] = "date-time";
                break;
        }
    }

    private void Fill(JsonObject component, Schema schema)
    {
        component["type"] = "object";
        var required = schema.Fields.Where(field => field.IsRequired).Select(field => JsonValue.Create(field.Name)).ToArray();
        if (required.Length > 0) component["required"] = new JsonArray(required);
        if (schema.Fields.Count > 0)
        {
            var properties = new JsonObject();
            foreach (var field in schema.Fields) properties[field.Name] = Property(field);
            component["properties"] = properties;
        }

        if (schema.PreservesUnknownFields) component["x-kubernetes-preserve-unknown-fields"] = true;
    }

    private JsonObject Property(SchemaField field)
    {
        var property = Value(field.Schema);
        if (field.OneOf.Count > 0) property["enum"] = Texts(field.OneOf);
        if (field.ListMapKeys.Count > 0) property["x-kubernetes-list-map-keys"] = Texts(field.ListMapKeys);
        if (field.ListType != ListType.Unspecified) property["x-kubernetes-list-type"] = field.ListType.ToString().ToLowerInvariant();
        if (field.IsAtomicMap) property["x-kubernetes-map-type"] = "atomic";
        if (field.PatchMergeKey is { } key) property["x-kubernetes-patch-merge-key"] = key;
        var strategy = string.Join(',', new[] { field.PatchMerge ? "merge" : null, field.PatchRetainKeys ? "retainKeys" : null }.OfType<string>());
        if (strategy.Length > 0) property["x-kubernetes-patch-strategy"] = strategy;
        return property;
    }

    private JsonObject Value(Schema schema) => schema.Type switch
    {
        _ when schema.Name is not null => new JsonObject { ["allOf"] = new JsonArray(Reference(schema)) },
        SchemaType.Object => Anonymous(schema),
        SchemaType.Array => new JsonObject { ["type"] = "array", ["items"] = Value(schema.Items!) },
        SchemaType.Map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(schema.Items!) },
        SchemaType.Int32 => Type("integer", "int32"),
        SchemaType.Int64 => Type("integer", "int64"),
        SchemaType.Number => Type("number", "double"),
        SchemaType.Boolean => Type("boolean"),
        SchemaType.Bytes => Type("string", "byte"),
        SchemaType.Any => Type("object"),
        _ => Type("string"),
    };

    private JsonObject Anonymous(Schema schema)
    {
        var result = new JsonObject();
        Fill(result, schema);
        return result;
    }

    private static JsonObject Type(string type, string? format = null)
    {
        var result = new JsonObject { ["type"] = type };
        if (format is not null) result["format"] = format;
        return result;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
