using System.Text.Json.Nodes;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Patching;

/// <summary>One comparison of two objects.</summary>
/// <param name="Deletions">Whether what is gone enters the patch.</param>
/// <param name="Changes">Whether what is new or different enters the patch.</param>
internal sealed record StrategicDifference(bool Deletions, bool Changes)
{
    /// <summary>The patch from one map to the other.</summary>
    public JsonObject Maps(JsonObject original, JsonObject modified, Schema? schema, bool retainsKeys = false)
    {
        var patch = new JsonObject();
        foreach (var (key, value) in modified)
        {
            if (!original.TryGetPropertyValue(key, out var before)) Change(patch, key, value);
            else Field(patch, key, before, value, MergeRule.Of(schema, key));
        }

        var gone = original.Select(entry => entry.Key).Where(key => !modified.ContainsKey(key)).ToList();
        if (Deletions) gone.ForEach(key => patch[key] = null);
        if (retainsKeys && modified.Count > 0 && (patch.Count > 0 || gone.Count > 0))
        {
            patch[Directives.RetainKeys] = new JsonArray([.. modified.Where(entry => entry.Value is not null).Select(entry => entry.Key).Order(StringComparer.Ordinal).Select(key => JsonValue.Create(key))]);
        }

        return patch;
    }

    private void Field(JsonObject patch, string key, JsonNode? before, JsonNode? after, MergeRule rule)
    {
        switch (before, after)
        {
            case (JsonObject left, JsonObject right):
                if (Maps(left, right, rule.Value, rule.RetainsKeys) is { Count: > 0 } inner) patch[key] = inner;
                break;
            case (JsonArray left, JsonArray right) when rule is { MergesList: true, Key: not null }:
                Items(patch, key, left, right, rule);
                break;
            case (JsonArray left, JsonArray right) when rule.MergesList:
                Primitives(patch, key, left, right, rule);
                break;
            default:
                if (!JsonNode.DeepEquals(before, after)) Change(patch, key, after);
                break;
        }
    }

    private void Change(JsonObject patch, string key, JsonNode? value)
    {
        if (Changes) patch[key] = value?.DeepClone();
    }

    private void Items(JsonObject patch, string key, JsonArray left, JsonArray right, MergeRule rule)
    {
        if (left.Count == 0)
        {
            if (right.Count > 0) Change(patch, key, right);
            return;
        }

        var changed = new List<JsonObject>();
        // Items that share a key (one port in two protocols) are compared in their order.
        var before = left.GroupBy(rule.IdentityOf).ToDictionary(same => same.Key, same => new Queue<JsonNode?>(same));
        foreach (var item in right)
        {
            if (!before.TryGetValue(rule.IdentityOf(item), out var same) || !same.TryDequeue(out var earlier))
            {
                if (Changes) changed.Add((JsonObject)item!.DeepClone());
            }
            else if (Maps((JsonObject)earlier!, (JsonObject)item!, rule.Value, rule.RetainsKeys) is { Count: > 0 } inner)
            {
                inner[rule.Key!] = rule.KeyOf(item).DeepClone();
                changed.Add(inner);
            }
        }

        if (Deletions)
        {
            var gone = left.Where(item => before[rule.IdentityOf(item)].Contains(item));
            changed.AddRange(gone.Select(item => new JsonObject { [Directives.Patch] = "delete", [rule.Key!] = rule.KeyOf(item).DeepClone() }));
        }

        if (changed.Count > 0) patch[key] = new JsonArray([.. changed]);
        var reordered = Changes && !SameOrder(left, right, rule);
        if (changed.Count > 0 || reordered)
        {
            patch[Directives.SetElementOrder + key] = new JsonArray([.. right.Select(item => new JsonObject { [rule.Key!] = rule.KeyOf(item).DeepClone() })]);
        }
    }

    private void Primitives(JsonObject patch, string key, JsonArray left, JsonArray right, MergeRule rule)
    {
        var added = Missing(right, left);
        var gone = Missing(left, right);
        if (Changes && added.Length > 0) patch[key] = new JsonArray(added);
        if (Deletions && gone.Length > 0) patch[Directives.DeleteFromPrimitiveList + key] = new JsonArray(gone);
        if (left.Count > 0 && ((Deletions && gone.Length > 0) || (Changes && (added.Length > 0 || !SameOrder(left, right, rule)))))
        {
            patch[Directives.SetElementOrder + key] = right.DeepClone();
        }
    }

    /// <summary>The values that stand in one list and not in the other.</summary>
    private static JsonNode?[] Missing(JsonArray from, JsonArray other)
    {
        var known = other.Select(value => value?.ToJsonString()).ToHashSet();
        return [.. from.Where(value => !known.Contains(value?.ToJsonString())).Select(value => value?.DeepClone())];
    }

    /// <summary>Whether the items that both lists hold stand in the same order.</summary>
    private static bool SameOrder(JsonArray left, JsonArray right, MergeRule rule)
    {
        var before = rule.PlacesOf(left);
        var places = right.Select(item => before.GetValueOrDefault(rule.IdentityOf(item), -1)).Where(at => at >= 0).ToList();
        return places.SequenceEqual(places.Order());
    }
}
