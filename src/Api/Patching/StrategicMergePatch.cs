using System.Text.Json.Nodes;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Patching;

/// <summary>
/// Strategic merge patches: maps merge, null deletes, lists merge by the keys that the schema names, and directives say the rest
/// (design: kubernetes/community, strategic-merge-patch.md).
/// </summary>
public static class StrategicMergePatch
{
    /// <summary>The patched object; both arguments stay as they are.</summary>
    /// <exception cref="PatchException">A directive or an item without its key makes no sense.</exception>
    public static JsonObject Apply(JsonObject document, JsonObject patch, Schema schema) =>
        Merge((JsonObject)document.DeepClone(), (JsonObject)patch.DeepClone(), schema);

    /// <summary>Merges a patch, which is used up, into a map.</summary>
    internal static JsonObject Merge(JsonObject target, JsonObject patch, Schema? schema)
    {
        switch (Directives.PatchOf(patch))
        {
            case "replace": return (JsonObject)Directives.Plain(patch)!;
            case "delete": return [];
            case "merge": patch.Remove(Directives.Patch); break;
            case { } other: throw Directives.Malformed($"unknown {Directives.Patch} directive \"{other}\"; replace, delete and merge are known");
        }

        RetainKeys(target, patch);
        DeletePrimitives(target, patch);
        foreach (var key in patch.Select(entry => entry.Key).Where(key => key.StartsWith(Directives.SetElementOrder, StringComparison.Ordinal)).ToList())
        {
            MergeInOrder(target, patch, key, schema);
        }

        target.RemoveKeys(patch.NullKeys());
        foreach (var (key, value) in patch)
        {
            if (value is not null) MergeField(target, key, value, MergeRule.Of(schema, key));
        }

        return target;
    }

    private static void MergeField(JsonObject target, string key, JsonNode value, MergeRule rule)
    {
        switch (target[key], value)
        {
            case (JsonObject before, JsonObject patch):
                var merged = Merge(before, patch, rule.Value);
                if (!ReferenceEquals(merged, before)) target[key] = merged;
                break;
            case (JsonArray before, JsonArray patch) when rule.MergesList:
                target[key] = StrategicLists.Merge(before, patch, rule);
                break;
            default:
                target[key] = Directives.Plain(value);
                break;
        }
    }

    private static void RetainKeys(JsonObject target, JsonObject patch)
    {
        if (!patch.Remove(Directives.RetainKeys, out var node)) return;
        var keys = StrategicLists.Texts(node, Directives.RetainKeys);
        if (patch.FirstOrDefault(entry => entry.Value is not null && !entry.Key.StartsWith('$') && !keys.Contains(entry.Key)) is { Key: { } stray })
        {
            throw Directives.Malformed($"{Directives.RetainKeys} [{string.Join(", ", keys)}] does not name \"{stray}\", which the patch sets");
        }

        target.RemoveKeys([.. target.Select(entry => entry.Key).Where(key => !keys.Contains(key))]);
    }

    private static void DeletePrimitives(JsonObject target, JsonObject patch)
    {
        var directives = patch.Where(entry => entry.Key.StartsWith(Directives.DeleteFromPrimitiveList, StringComparison.Ordinal)).ToList();
        patch.RemoveKeys([.. directives.Select(entry => entry.Key)]);
        foreach (var (key, node) in directives)
        {
            var gone = node as JsonArray ?? throw Directives.Malformed($"{key} must be a list");
            if (target[key[Directives.DeleteFromPrimitiveList.Length..]] is not JsonArray list) continue;
            var texts = gone.Select(value => value?.ToJsonString()).ToHashSet();
            list.RemoveAll(item => texts.Contains(item?.ToJsonString()));
        }
    }

    /// <summary>Merges a list whose order the patch gives along with it.</summary>
    private static void MergeInOrder(JsonObject target, JsonObject patch, string key, Schema? schema)
    {
        var name = key[Directives.SetElementOrder.Length..];
        patch.Remove(key, out var node);
        var order = node as JsonArray ?? throw Directives.Malformed($"{key} must be a list");
        var rule = MergeRule.Of(schema, name);
        if (!rule.MergesList) throw Directives.Malformed($"{key}: \"{name}\" is no list that merges");
        var hasPatch = patch.TryGetPropertyValue(name, out var change);
        var (before, items) = (target[name] as JsonArray, change as JsonArray);
        if (hasPatch && items is null) return;
        if (items is not null)
        {
            StrategicLists.RequireOrder(items, order, rule, key);
            patch.Remove(name);
        }

        if (before is null && items is null) return;
        var merged = items is null ? (JsonArray)before!.DeepClone() : StrategicLists.Merge(before ?? [], items, rule);
        target[name] = StrategicLists.Detached(ElementOrder.Of(merged, order, before ?? [], rule));
    }
}
