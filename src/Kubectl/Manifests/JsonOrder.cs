using System.Text.Json.Nodes;

namespace MiniK8s.Kubectl.Manifests;

/// <summary>Objects with their keys in order, as kubectl writes them, so that two outputs can be compared.</summary>
internal static class JsonOrder
{
    /// <summary>A copy with all keys sorted; lists keep their order.</summary>
    public static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
