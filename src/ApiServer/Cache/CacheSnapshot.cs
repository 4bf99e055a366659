using System.Collections.Immutable;

namespace MiniK8s.ApiServer.Cache;

/// <summary>All objects of one resource at one revision. Immutable: readers walk it while the cache moves on.</summary>
/// <param name="Revision">Everything up to this revision of the store is in here, and nothing later.</param>
/// <param name="Objects">The objects in the order of their keys, so that those of one namespace lie together.</param>
internal sealed record CacheSnapshot(long Revision, ImmutableSortedSet<CachedObject> Objects)
{
    /// <summary>No objects.</summary>
    public static CacheSnapshot Empty { get; } = new(0, ImmutableSortedSet.Create<CachedObject>(ByKey.Instance));

    /// <summary>The object with this key, or null.</summary>
    public CachedObject? Find(string key) => Objects.TryGetValue(CachedObject.Probe(key), out var found) ? found : null;

    /// <summary>The positions of the objects of a namespace; of all where it is empty.</summary>
    /// <param name="namespace">The namespace, or empty.</param>
    /// <param name="after">Only objects with greater keys; empty for all.</param>
    public Range RangeOf(string @namespace, string after = "")
    {
        var start = @namespace.Length == 0 ? 0 : Position(@namespace + "/");
        var end = @namespace.Length == 0 ? Objects.Count : Position(@namespace + "0"); // '0' follows '/'
        if (after.Length > 0) start = Math.Max(start, Position(after + "\0"));
        return Math.Min(start, end)..end;
    }

    /// <summary>The objects at the positions.</summary>
    public IEnumerable<CachedObject> In(Range range)
    {
        var (offset, length) = range.GetOffsetAndLength(Objects.Count);

        // The tree's enumerator takes about a tenth of the time of the indexer, but it begins at the beginning.
        return offset == 0 && length == Objects.Count ? Objects : Indexed(offset, length);
    }

    private IEnumerable<CachedObject> Indexed(int offset, int length)
    {
        for (var index = offset; index < offset + length; index++) yield return Objects[index];
    }

    private int Position(string key)
    {
        var index = Objects.IndexOf(CachedObject.Probe(key));
        return index >= 0 ? index : ~index;
    }

    /// <summary>The order of the store: by the bytes of the key, which are ASCII.</summary>
    private sealed class ByKey : IComparer<CachedObject>
    {
        public static ByKey Instance { get; } = new();

        public int Compare(CachedObject? x, CachedObject? y) => string.CompareOrdinal(x!.Key, y!.Key);
    }
}
