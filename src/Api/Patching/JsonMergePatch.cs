using System.Text.Json.Nodes;

namespace MiniK8s.Api.Patching;

/// <summary>JSON merge patches (RFC 7396): maps merge, null deletes, all else replaces. What custom resources are patched with.</summary>
public static class JsonMergePatch
{
    /// <summary>The patched object; both arguments stay as they are.</summary>
    public static JsonObject Apply(JsonObject document, JsonObject patch)
    {
        var result = (JsonObject)document.DeepClone();
        Merge(result, patch);
        return result;
    }

    /// <summary>The patch that makes <paramref name="modified"/> of <paramref name="original"/>; empty if they are equal.</summary>
    public static JsonObject Create(JsonObject original, JsonObject modified)
    {
        var patch = new JsonObject();
        foreach (var (key, value) in modified)
        {
            if (!original.TryGetPropertyValue(key, out var before)) patch[key] = value?.DeepClone();
            else if (before is JsonObject left && value is JsonObject right)
            {
                if (Create(left, right) is { Count: > 0 } inner) patch[key] = inner;
            }
            else if (!JsonNode.DeepEquals(before, value)) patch[key] = value?.DeepClone();
        }

        foreach (var (key, _) in original)
        {
            if (!modified.ContainsKey(key)) patch[key] = null;
        }

        return patch;
    }

    /// <summary>
    /// What <c>kubectl apply</c> sends: deletions from what was applied last to what is applied now, and every addition and
    /// change from what is there to what is applied now. What others set stays.
    /// </summary>
    /// <param name="original">What was applied last.</param>
    /// <param name="modified">What is applied now.</param>
    /// <param name="current">What is there.</param>
    public static JsonObject CreateThreeWay(JsonObject original, JsonObject modified, JsonObject current)
    {
        var patch = Only(Create(original, modified), deletions: true);
        Merge(patch, Only(Create(current, modified), deletions: false), keepsNulls: true);
        return patch;
    }

    private static void Merge(JsonObject target, JsonObject patch, bool keepsNulls = false)
    {
        if (!keepsNulls) target.RemoveKeys(patch.NullKeys());
        foreach (var (key, value) in patch)
        {
            if (value is null && !keepsNulls) continue;
            if (value is not JsonObject inner) target[key] = value?.DeepClone();
            else
            {
                if (target[key] is not JsonObject existing) target[key] = existing = [];
                Merge(existing, inner, keepsNulls);
            }
        }
    }

    private static JsonObject Only(JsonObject patch, bool deletions)
    {
        var result = new JsonObject();
        foreach (var (key, value) in patch)
        {
            if (value is JsonObject { Count: > 0 } map)
            {
                if (Only(map, deletions) is { Count: > 0 } inner) result[key] = inner;
            }
            else if (value is null == deletions) result[key] = value?.DeepClone();
        }

        return result;
    }
}
