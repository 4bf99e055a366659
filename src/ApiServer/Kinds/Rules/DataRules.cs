namespace MiniK8s.ApiServer.Kinds.Rules;

/// <summary>What ConfigMaps and Secrets have in common.</summary>
internal static class DataRules
{
    /// <summary>The most that all values together may take: 1 MiB.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Why nothing of an immutable one changes (KEP-1412).</summary>
    public const string Frozen = "field is immutable when `immutable` is set";

    /// <summary>The same keys with the same bytes.</summary>
    public static bool AreEqual(IReadOnlyDictionary<string, byte[]> one, IReadOnlyDictionary<string, byte[]> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var bytes) && bytes.AsSpan().SequenceEqual(pair.Value));

    /// <summary>The same keys with the same texts.</summary>
    public static bool AreEqual(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var text) && text == pair.Value);
}
