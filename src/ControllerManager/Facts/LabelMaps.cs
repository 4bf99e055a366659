namespace MiniK8s.ControllerManager.Facts;

/// <summary>Comparison of label and annotation maps by value.</summary>
internal static class LabelMaps
{
    public static bool AreEqual(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other)
    {
        if (ReferenceEquals(one, other)) return true;
        if (one.Count != other.Count) return false;
        foreach (var (key, value) in one)
        {
            if (!other.TryGetValue(key, out var there) || there != value) return false;
        }

        return true;
    }

    /// <summary>The map without the named keys.</summary>
    public static Dictionary<string, string> Without(this IReadOnlyDictionary<string, string> map, params ReadOnlySpan<string> keys)
    {
        var copy = new Dictionary<string, string>(map);
        foreach (var key in keys) copy.Remove(key);
        return copy;
    }
}
