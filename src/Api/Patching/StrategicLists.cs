using System.Text.Json.Nodes;

namespace MiniK8s.Api.Patching;

/// <summary>Lists in strategic merge patches.</summary>
internal static class StrategicLists
{
    /// <summary>The list with the patch's items merged into it.</summary>
    public static JsonArray Merge(JsonArray list, JsonArray patch, MergeRule rule)
    {
        if (rule.Key is null) return Detached(ElementOrder.Of(list.Concat(patch).DistinctBy(rule.IdentityOf), patch, list, rule));
        var items = list.Select(item => item?.DeepClone()).ToList();
        var changes = new List<JsonObject>();
        var gone = new HashSet<string>();
        var replaces = false;
        foreach (var node in patch)
        {
            var change = node as JsonObject ?? throw Directives.Malformed($"a list that merges by \"{rule.Key}\" holds {node?.ToJsonString() ?? "null"}, which is no object");
            switch (Directives.PatchOf(change))
            {
                case null: changes.Add(change); break;
                case "replace": replaces = true; break;
                case "delete": gone.Add(rule.IdentityOf(change)); break;
                case var other: throw Directives.Malformed($"{Directives.Patch}: \"{other}\" makes no sense in a list; replace and delete do");
            }
        }

        if (replaces) return new JsonArray([.. changes.Select(Directives.Plain)]);
        items.RemoveAll(item => gone.Contains(rule.IdentityOf(item)));
        MergeItems(items, changes, rule);
        return Detached(ElementOrder.Of(items, changes, list, rule));
    }

    /// <summary>The items of a patch must stand in the order that the patch gives, and none may be missing there.</summary>
    public static void RequireOrder(JsonArray items, JsonArray order, MergeRule rule, string key)
    {
        var (last, places) = (-1, rule.PlacesOf(order));
        foreach (var item in items)
        {
            if (item is JsonObject map && map.ContainsKey(Directives.Patch)) continue;
            if (!places.TryGetValue(rule.IdentityOf(item), out var at) || at < last) throw Directives.Malformed($"The order in patch list: {items.ToJsonString()} doesn't match {key} list: {order.ToJsonString()}");
            last = at;
        }
    }

    /// <summary>The texts of a list.</summary>
    public static HashSet<string> Texts(JsonNode? node, string key) =>
        node is JsonArray list && list.All(item => item is JsonValue value && value.TryGetValue<string>(out _))
            ? [.. list.Select(item => item!.GetValue<string>())]
            : throw Directives.Malformed($"{key} must be a list of keys");

    /// <summary>A list of the nodes, each copied where it has a parent.</summary>
    public static JsonArray Detached(IEnumerable<JsonNode?> nodes) => new([.. nodes.Select(node => node?.Parent is null ? node : node.DeepClone())]);

    private static void MergeItems(List<JsonNode?> items, List<JsonObject> changes, MergeRule rule)
    {
        var places = rule.PlacesOf(items);
        foreach (var change in changes)
        {
            var identity = rule.IdentityOf(change);
            if (places.TryGetValue(identity, out var at))
            {
                items[at] = StrategicMergePatch.Merge((JsonObject)items[at]!, (JsonObject)change.DeepClone(), rule.Value);
                continue;
            }

            places[identity] = items.Count;
            items.Add(Directives.Plain(change));
        }
    }
}
