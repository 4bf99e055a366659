using System.Text.Json.Nodes;

namespace MiniK8s.Api.Patching;

/// <summary>Takes many keys out of a map at once.</summary>
internal static class JsonObjectRemoval
{
    /// <summary>Above this, filling the map anew is cheaper: each single removal moves all entries behind it.</summary>
    private const int FewKeys = 16;

    /// <summary>Removes the keys; those that are not there are passed over.</summary>
    public static void RemoveKeys(this JsonObject map, IReadOnlyCollection<string> keys)
    {
        if (keys.Count <= FewKeys)
        {
            foreach (var key in keys) map.Remove(key);
            return;
        }

        var gone = keys.ToHashSet(StringComparer.Ordinal);
        var rest = map.Where(entry => !gone.Contains(entry.Key)).ToList();
        map.Clear();
        foreach (var (key, value) in rest) map.Add(key, value);
    }

    /// <summary>The keys that a patch sets to null.</summary>
    public static List<string> NullKeys(this JsonObject patch) => [.. patch.Where(entry => entry.Value is null).Select(entry => entry.Key)];
}
