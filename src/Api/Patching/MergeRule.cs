using System.Text.Json.Nodes;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Patching;

/// <summary>How a strategic merge patch treats the value of a field.</summary>
/// <param name="Value">The schema of the value, or of a list's items; null where none is known.</param>
/// <param name="MergesList">Whether a list merges instead of being replaced.</param>
/// <param name="Key">The field by which items are told apart; null for plain values.</param>
/// <param name="RetainsKeys">Whether a patch of the value says which keys stay.</param>
internal readonly record struct MergeRule(Schema? Value, bool MergesList, string? Key, bool RetainsKeys)
{
    /// <summary>The rule for one field of an object or map.</summary>
    public static MergeRule Of(Schema? parent, string name)
    {
        if (parent?.Type == SchemaType.Map) return new MergeRule(Inner(parent.Items), false, null, false);
        return parent?.Field(name) is { } field ? new MergeRule(Inner(field.Schema), field.PatchMerge, field.PatchMergeKey, field.PatchRetainKeys) : default;
    }

    /// <summary>The value by which an item is found.</summary>
    /// <exception cref="PatchException">The item is no map, or has no such field.</exception>
    public JsonNode KeyOf(JsonNode? item)
    {
        if (item is not JsonObject map) throw Directives.Malformed($"a list that merges by \"{Key}\" holds {item?.ToJsonString() ?? "null"}, which is no object");
        return map[Key!] ?? throw Directives.Malformed($"map: {map.ToJsonString()} does not contain declared merge key: {Key}");
    }

    /// <summary>A text that two items share if they are the same item: by their key, or by their plain value.</summary>
    /// <exception cref="PatchException">The item should have a key and has none.</exception>
    public string IdentityOf(JsonNode? item) => (Key is null ? item : KeyOf(item))?.ToJsonString() ?? "null";

    /// <summary>Where each item of a list stands; of items that are the same, the first.</summary>
    public Dictionary<string, int> PlacesOf(IEnumerable<JsonNode?> list)
    {
        var places = new Dictionary<string, int>();
        var at = 0;
        foreach (var item in list) places.TryAdd(IdentityOf(item), at++);
        return places;
    }

    private static Schema? Inner(Schema? schema) => schema?.Type == SchemaType.Array ? schema.Items : schema;
}
