using System.Text.Json.Nodes;

namespace MiniK8s.Api.Patching;

/// <summary>The keys by which a strategic merge patch says more than values.</summary>
internal static class Directives
{
    /// <summary>In a map or an item: <c>replace</c>, <c>delete</c> or <c>merge</c>.</summary>
    public const string Patch = "$patch";

    /// <summary>In a map: the only keys that stay.</summary>
    public const string RetainKeys = "$retainKeys";

    /// <summary>Before a list's name: plain values to take out of it.</summary>
    public const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList/";

    /// <summary>Before a list's name: the order of the items that the sender knows.</summary>
    public const string SetElementOrder = "$setElementOrder/";

    /// <summary>The value of <see cref="Patch"/>, or null.</summary>
    public static string? PatchOf(JsonObject map) => map.TryGetPropertyValue(Patch, out var value)
        ? value is JsonValue text && text.TryGetValue<string>(out var directive) ? directive : throw Malformed($"{Patch} must be text, got {value?.ToJsonString() ?? "null"}")
        : null;

    /// <summary>The value without directives and nulls: what remains of a patch where there is nothing to patch.</summary>
    public static JsonNode? Plain(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject map:
                var result = new JsonObject();
                foreach (var (key, inner) in map)
                {
                    if (inner is not null && !IsDirective(key)) result[key] = Plain(inner);
                }

                return result;
            case JsonArray list:
                return new JsonArray([.. list.Where(item => item is not JsonObject map || !IsDeletion(map)).Select(Plain)]);
            default:
                return value?.DeepClone();
        }
    }

    public static PatchException Malformed(string message) => new(PatchFailure.Malformed, message);

    private static bool IsDirective(string key) =>
        key is Patch or RetainKeys || key.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal) || key.StartsWith(SetElementOrder, StringComparison.Ordinal);

    /// <summary>An item that only says what to do with the list, or with an item that is not there.</summary>
    private static bool IsDeletion(JsonObject item) => item.ContainsKey(Patch) && PatchOf(item) is "delete" or "replace";
}
