namespace MiniK8s.Api.Schemas;

/// <summary>A field of an object: its JSON name, the schema of its value, and what merging and protobuf need to know of it.</summary>
/// <param name="Name">The JSON name, such as <c>clusterIP</c>.</param>
/// <param name="Schema">The schema of the value.</param>
public sealed record SchemaField(string Name, Schema Schema)
{
    /// <summary>The field must be there, and is written even when empty.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Zero, false and empty text mean no value, and are left out.</summary>
    public bool OmitsZero { get; init; }

    /// <summary>The values that Kubernetes knows; empty where any will do. For documentation, not for decoding.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>How items are told apart; <see cref="ListType.Unspecified"/> for all that is no list.</summary>
    public ListType ListType { get; init; }

    /// <summary>The key fields of an item of a <see cref="ListType.Map"/> list.</summary>
    public IReadOnlyList<string> ListMapKeys { get; init; } = [];

    /// <summary>A map or object that has one owner and is replaced as a whole (x-kubernetes-map-type: atomic).</summary>
    public bool IsAtomicMap { get; init; }

    /// <summary>A strategic merge patch merges the list instead of replacing it.</summary>
    public bool PatchMerge { get; init; }

    /// <summary>The key field by which a strategic merge patch finds items; null where items are plain values.</summary>
    public string? PatchMergeKey { get; init; }

    /// <summary>A strategic merge patch may name the only keys that stay (strategy <c>retainKeys</c>).</summary>
    public bool PatchRetainKeys { get; init; }

    /// <summary>The protobuf field numbers from the object's message to the value; empty where protobuf does not carry the field.</summary>
    public IReadOnlyList<int> ProtoPath { get; init; } = [];
}
