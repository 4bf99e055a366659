using System.Text.Json;
using System.Text.Json.Nodes;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Decoding;

/// <summary>
/// Holds an object against its schema, in place: fields without a schema go and are noted, nulls and meaningless zeros go, values of a wrong form are
/// errors, and times, quantities and base64 get the form in which Kubernetes stores them.
/// </summary>
internal sealed class SchemaChecker
{
    /// <summary>More are not reported: a body of another kind would fill the answer.</summary>
    private const int MostUnknown = 100;

    private readonly FieldTrail trail = new();
    private readonly List<string> unknown = [];

    private SchemaChecker()
    {
    }

    /// <summary>Checks the object, and returns the unknown fields as Kubernetes words them.</summary>
    /// <exception cref="DecodingException">A value has a wrong form.</exception>
    public static IReadOnlyList<string> Check(JsonObject root, Schema schema)
    {
        var checker = new SchemaChecker();
        checker.Object(root, schema);
        return checker.unknown;
    }

    private void Object(JsonObject value, Schema schema)
    {
        var gone = new List<int>();
        for (var i = 0; i < value.Count; i++)
        {
            if (!Keeps(value, i, schema)) gone.Add(i);
        }

        // From the end: what stays is at most the schema's fields, so that each removal moves few entries, however many there are.
        for (var i = gone.Count - 1; i >= 0; i--) value.RemoveAt(gone[i]);
    }

    /// <summary>Checks one field. False if it has no schema or no value.</summary>
    private bool Keeps(JsonObject value, int index, Schema schema)
    {
        var (name, child) = value.GetAt(index);
        if (schema.Field(name) is not { } field)
        {
            if (!schema.PreservesUnknownFields && unknown.Count < MostUnknown) unknown.Add($"unknown field \"{trail.Text(name)}\"");
            return schema.PreservesUnknownFields;
        }

        if (child is null) return false;
        trail.Enter(name);
        var kept = Value(child, field.Schema, schema);
        trail.Leave();
        if (field.OmitsZero && ScalarForms.IsZero(kept, field.Schema.Type)) return false;
        if (!ReferenceEquals(kept, child)) value.SetAt(index, kept);
        return true;
    }

    private JsonNode? Value(JsonNode node, Schema schema, Schema parent)
    {
        switch (schema.Type)
        {
            case SchemaType.Any:
                return node;
            case SchemaType.Object when node is JsonObject value:
                Object(value, schema);
                return node;
            case SchemaType.Map when node is JsonObject map:
                Map(map, schema.Items!, parent);
                return node;
            case SchemaType.Array when node is JsonArray array:
                Array(array, schema.Items!, parent);
                return node;
            case not (SchemaType.Object or SchemaType.Map or SchemaType.Array) when node is JsonValue scalar:
                return Scalar(scalar, schema, parent);
            default:
                throw Mismatch(node, schema, parent);
        }
    }

    private void Map(JsonObject map, Schema values, Schema parent)
    {
        for (var i = 0; i < map.Count; i++)
        {
            var (key, value) = map.GetAt(i);
            trail.Enter(key);
            var kept = value is null ? ScalarForms.Zero(values) : Value(value, values, parent);
            if (!ReferenceEquals(kept, value)) map.SetAt(i, kept);
            trail.Leave();
        }
    }

    private void Array(JsonArray array, Schema items, Schema parent)
    {
        for (var i = 0; i < array.Count; i++)
        {
            trail.Enter(i);
            var item = array[i];
            var kept = item is null ? ScalarForms.Zero(items) : Value(item, items, parent);
            if (!ReferenceEquals(kept, item)) array[i] = kept;
            trail.Leave();
        }
    }

    private JsonValue Scalar(JsonValue value, Schema schema, Schema parent)
    {
        if (!ScalarForms.TryStored(value, schema.Type, out var stored, out var error)) throw Mismatch(value, schema, parent);
        return error is null ? stored : throw new DecodingException($"{error} ({trail.Text()} is {Shown(value)})");
    }

    private DecodingException Mismatch(JsonNode node, Schema schema, Schema parent)
    {
        var kind = node.GetValueKind();
        var number = kind == JsonValueKind.Number && schema.Type is SchemaType.Int32 or SchemaType.Int64 or SchemaType.IntOrString ? " " + node.ToJsonString() : "";
        return new DecodingException(
            $"json: cannot unmarshal {Forms.Of(kind)}{number} into Go struct field {parent.ShortName ?? "object"}.{trail.Text(withIndices: false)} " +
            $"of type {Forms.GoType(schema)} ({trail.Text()} is {Shown(node)})");
    }

    private static string Shown(JsonNode node)
    {
        if (node is not JsonValue) return node is JsonArray ? "a list" : "an object";
        var text = node.ToJsonString();
        return text.Length <= 64 ? text : text[..64] + "…";
    }
}
