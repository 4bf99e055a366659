using System.Collections.Frozen;

namespace MiniK8s.Api.Schemas;

/// <summary>
/// The form of a value: what decoding, patching, protobuf and OpenAPI work from. Built-in kinds get theirs by
/// <see cref="Of{T}"/>; kinds that are made at run time build it from the factories here, without a CLR type.
/// </summary>
public sealed class Schema
{
    private readonly Lazy<FieldTable>? fields;

    private Schema(SchemaType type, string? name = null, Schema? items = null, Func<IEnumerable<SchemaField>>? fields = null)
    {
        (Type, Name, Items) = (type, name, items);
        if (fields is not null) this.fields = new Lazy<FieldTable>(() => new FieldTable(fields()));
    }

    /// <summary>Anything; kept as it is.</summary>
    public static Schema Any { get; } = new(SchemaType.Any);

    /// <summary>Text.</summary>
    public static Schema String { get; } = new(SchemaType.String);

    /// <summary>A whole number of 32 bits.</summary>
    public static Schema Int32 { get; } = new(SchemaType.Int32);

    /// <summary>A whole number of 64 bits.</summary>
    public static Schema Int64 { get; } = new(SchemaType.Int64);

    /// <summary>A number with a fraction.</summary>
    public static Schema Number { get; } = new(SchemaType.Number);

    /// <summary>True or false.</summary>
    public static Schema Boolean { get; } = new(SchemaType.Boolean);

    /// <summary>A number or a name.</summary>
    public static Schema IntOrString { get; } = new(SchemaType.IntOrString, "io.k8s.apimachinery.pkg.util.intstr.IntOrString");

    /// <summary>An amount with a suffix.</summary>
    public static Schema Quantity { get; } = new(SchemaType.Quantity, "io.k8s.apimachinery.pkg.api.resource.Quantity");

    /// <summary>A time in whole seconds.</summary>
    public static Schema Time { get; } = new(SchemaType.Time, "io.k8s.apimachinery.pkg.apis.meta.v1.Time");

    /// <summary>A time in microseconds.</summary>
    public static Schema MicroTime { get; } = new(SchemaType.MicroTime, "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime");

    /// <summary>Bytes.</summary>
    public static Schema Bytes { get; } = new(SchemaType.Bytes);

    /// <summary>The form.</summary>
    public SchemaType Type { get; }

    /// <summary>The OpenAPI definition name, such as <c>io.k8s.api.core.v1.ServiceSpec</c>; null for forms without one.</summary>
    public string? Name { get; }

    /// <summary>The schema of a list's items or of a map's values; null for other forms.</summary>
    public Schema? Items { get; }

    /// <summary>An object may carry fields that the schema does not name (x-kubernetes-preserve-unknown-fields).</summary>
    public bool PreservesUnknownFields { get; private init; }

    /// <summary>An object's fields by JSON name, in ordinal order; empty for other forms.</summary>
    public IReadOnlyList<SchemaField> Fields => fields?.Value.Ordered ?? [];

    /// <summary>The last part of <see cref="Name"/>, as Go names the type; null without a name.</summary>
    public string? ShortName => Name?[(Name.LastIndexOf('.') + 1)..];

    /// <summary>The schema of a type of the API, built once from its declaration.</summary>
    /// <exception cref="NotSupportedException">A property of the type has no form in the Kubernetes API.</exception>
    public static Schema Of<T>() => DeclaredSchemas.Of(typeof(T));

    /// <summary>An object.</summary>
    /// <param name="name">The definition name; null for an object without one.</param>
    /// <param name="fields">Asked at the first use, so that a type may contain itself.</param>
    /// <param name="preservesUnknownFields">Whether fields without a schema are kept.</param>
    public static Schema Object(string? name, Func<IEnumerable<SchemaField>> fields, bool preservesUnknownFields = false) =>
        new(SchemaType.Object, name, fields: fields) { PreservesUnknownFields = preservesUnknownFields };

    /// <summary>A list.</summary>
    public static Schema ArrayOf(Schema items) => new(SchemaType.Array, items: items);

    /// <summary>A map with free keys.</summary>
    public static Schema MapOf(Schema values) => new(SchemaType.Map, items: values);

    /// <summary>The field of that exact JSON name, or null.</summary>
    public SchemaField? Field(string name) => fields?.Value.ByName.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override string ToString() => Name ?? (Items is null ? Type.ToString() : $"{Type} of {Items}");

    private sealed class FieldTable
    {
        public FieldTable(IEnumerable<SchemaField> fields)
        {
            Ordered = [.. fields.OrderBy(field => field.Name, StringComparer.Ordinal)];
            ByName = Ordered.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);
        }

        public IReadOnlyList<SchemaField> Ordered { get; }

        public FrozenDictionary<string, SchemaField> ByName { get; }
    }
}
