using System.Text.Json.Nodes;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Patching;

/// <summary>Makes strategic merge patches.</summary>
public static class StrategicDiff
{
    /// <summary>The patch that makes <paramref name="modified"/> of <paramref name="original"/>; empty if they are equal.</summary>
    /// <exception cref="PatchException">An item of a list that merges has no key.</exception>
    public static JsonObject CreateTwoWay(JsonObject original, JsonObject modified, Schema schema) =>
        new StrategicDifference(Deletions: true, Changes: true).Maps(original, modified, schema);

    /// <summary>
    /// What <c>kubectl apply</c> sends: deletions from what was applied last to what is applied now, and every addition and
    /// change from what is there to what is applied now. What others set stays.
    /// </summary>
    /// <param name="original">What was applied last; empty if nothing was.</param>
    /// <param name="modified">What is applied now.</param>
    /// <param name="current">What is there.</param>
    /// <param name="schema">The form of the object.</param>
    /// <exception cref="PatchException">An item of a list that merges has no key.</exception>
    public static JsonObject CreateThreeWay(JsonObject original, JsonObject modified, JsonObject current, Schema schema)
    {
        var patch = new StrategicDifference(Deletions: true, Changes: false).Maps(original, modified, schema);
        Combine(patch, new StrategicDifference(Deletions: false, Changes: true).Maps(current, modified, schema), modified, schema);
        return patch;
    }

    /// <summary>Lays changes over deletions. Both were made towards <paramref name="modified"/>, so that orders and kept keys agree.</summary>
    private static void Combine(JsonObject deletions, JsonObject changes, JsonObject modified, Schema? schema)
    {
        foreach (var (key, change) in changes)
        {
            var rule = MergeRule.Of(schema, key);
            switch (deletions[key], change)
            {
                case (JsonObject before, JsonObject after):
                    Combine(before, after, (JsonObject)modified[key]!, rule.Value);
                    break;
                case (JsonArray before, JsonArray after) when rule is { MergesList: true, Key: not null }:
                    deletions[key] = CombineItems(before, after, (JsonArray)modified[key]!, rule);
                    break;
                default:
                    deletions[key] = change?.DeepClone();
                    break;
            }
        }
    }

    /// <summary>Changed items stand in the order of the modified list; what goes stands at the end.</summary>
    private static JsonArray CombineItems(JsonArray deletions, JsonArray changes, JsonArray modified, MergeRule rule)
    {
        var combined = new List<JsonObject>();
        var changed = changes.GroupBy(rule.IdentityOf).ToDictionary(same => same.Key, same => new Queue<JsonNode?>(same));
        var places = rule.PlacesOf(modified);
        foreach (var deletion in deletions.Select(node => (JsonObject)node!.DeepClone()))
        {
            var identity = rule.IdentityOf(deletion);
            if (places.TryGetValue(identity, out var at) && changed.TryGetValue(identity, out var same) && same.TryDequeue(out var change))
            {
                Combine(deletion, (JsonObject)change!, (JsonObject)modified[at]!, rule.Value);
            }

            combined.Add(deletion);
        }

        combined.AddRange(changed.Values.SelectMany(same => same).Select(node => (JsonObject)node!.DeepClone()));
        return new JsonArray([.. combined.OrderBy(item => item.ContainsKey(Directives.Patch) ? int.MaxValue : places.GetValueOrDefault(rule.IdentityOf(item), int.MaxValue))]);
    }
}
