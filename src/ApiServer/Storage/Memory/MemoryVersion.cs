using System.Collections.Immutable;
using MiniK8s.ApiServer.Storage.Watching;

namespace MiniK8s.ApiServer.Storage.Memory;

/// <summary>
/// The whole store as it was at one revision. The tree is persistent: versions share all that did not change between them,
/// and reading one needs no lock.
/// </summary>
internal sealed record MemoryVersion(long Revision, ImmutableSortedSet<StoreValue> Values, LogEntry Log)
{
    /// <summary>The value of a key, or null.</summary>
    internal StoreValue? Find(string key) => Values.TryGetValue(Probe(key), out var value) ? value : null;

    /// <summary>The values of <c>[start, end)</c> in order, at most <paramref name="limit"/> of them (0 for all), and how many there are.</summary>
    internal (IReadOnlyList<StoreValue> Values, long Count) Range(string start, string end, int limit)
    {
        var first = LowerBound(start);
        var count = Math.Max(0, LowerBound(end) - first);
        var values = new StoreValue[limit > 0 ? Math.Min(limit, count) : count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Values[first + i];
        }

        return (values, count);
    }

    internal static StoreValue Probe(string key) => new(key, default, 0, 0);

    private int LowerBound(string key)
    {
        var index = Values.IndexOf(Probe(key));
        return index >= 0 ? index : ~index;
    }
}

/// <summary>The order of the store: that of the keys' bytes, which for ASCII is that of their characters.</summary>
internal sealed class KeyOrder : IComparer<StoreValue>
{
    internal static readonly KeyOrder Instance = new();

    public int Compare(StoreValue? x, StoreValue? y) => string.CompareOrdinal(x?.Key, y?.Key);
}
