using System.Text.Json;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Decoding;

/// <summary>The names by which Go's JSON decoder, and so every Kubernetes client, calls forms of values.</summary>
internal static class Forms
{
    public static string Of(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>The name with its article, for sentences.</summary>
    public static string Article(JsonValueKind kind) => kind is JsonValueKind.Array or JsonValueKind.Object ? $"an {Of(kind)}" : $"a {Of(kind)}";

    public static string GoType(Schema schema) => schema.Type switch
    {
        SchemaType.Any => "interface {}",
        SchemaType.Object => schema.Name?.Split('.') is [.., var version, var name] ? $"{version}.{name}" : "object",
        SchemaType.Map => $"map[string]{GoType(schema.Items!)}",
        SchemaType.Array => $"[]{GoType(schema.Items!)}",
        SchemaType.Int32 => "int32",
        SchemaType.Int64 => "int64",
        SchemaType.Number => "float64",
        SchemaType.Boolean => "bool",
        SchemaType.IntOrString => "intstr.IntOrString",
        SchemaType.Bytes => "[]uint8",
        _ => "string",
    };
}
