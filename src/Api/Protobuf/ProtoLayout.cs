using System.Runtime.CompilerServices;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Protobuf;

/// <summary>
/// The fields of one message by number. A field whose path has several numbers lies in messages of its own on the way, which JSON
/// does not show (Go embeds them).
/// </summary>
internal sealed class ProtoLayout
{
    private static readonly ConditionalWeakTable<Schema, ProtoLayout> Known = [];

    private readonly SortedDictionary<int, SchemaField> fields = [];
    private readonly SortedDictionary<int, ProtoLayout> inlined = [];

    /// <summary>The fields of this message itself, in the order of their numbers.</summary>
    public IReadOnlyDictionary<int, SchemaField> Fields => fields;

    /// <summary>The messages whose fields JSON shows as fields of this one.</summary>
    public IReadOnlyDictionary<int, ProtoLayout> Inlined => inlined;

    public static ProtoLayout Of(Schema schema) => Known.GetValue(schema, static schema =>
    {
        var layout = new ProtoLayout();
        foreach (var field in schema.Fields) layout.Place(field, 0);
        return layout;
    });

    private void Place(SchemaField field, int depth)
    {
        if (field.ProtoPath.Count == 0) return;
        var number = field.ProtoPath[depth];
        if (depth == field.ProtoPath.Count - 1)
        {
            fields.Add(number, field);
            return;
        }

        if (!inlined.TryGetValue(number, out var inner)) inlined.Add(number, inner = new ProtoLayout());
        inner.Place(field, depth + 1);
    }
}
