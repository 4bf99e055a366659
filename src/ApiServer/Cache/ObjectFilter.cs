namespace MiniK8s.ApiServer.Cache;

/// <summary>Which objects of a resource a list or watch is about.</summary>
/// <param name="Namespace">The namespace; empty for all, and for cluster-scoped kinds.</param>
/// <param name="Matches">The label and field selectors; null where there are none.</param>
internal sealed record ObjectFilter(string Namespace, Predicate<CachedObject>? Matches = null)
{
    /// <summary>Everything.</summary>
    public static ObjectFilter All { get; } = new("");

    /// <summary>Whether the object is one of them. The namespace has been looked at before.</summary>
    public bool Selects(CachedObject value) => Matches is null || Matches(value);

    /// <summary>
    /// What a change means to a watch with this filter: an object that begins to match is added, one that ceases to match is
    /// deleted, and null is returned for what does not concern it.
    /// </summary>
    public ChangeType? Translate(CacheEvent change)
    {
        if (Matches is null) return change.Type;
        var before = change.Previous is not null && Matches(change.Previous);
        if (change.Type == ChangeType.Deleted) return before ? ChangeType.Deleted : null;
        var after = Matches(change.Current);
        return (before, after) switch
        {
            (false, false) => null,
            (false, true) => ChangeType.Added,
            (true, false) => ChangeType.Deleted,
            (true, true) => ChangeType.Modified,
        };
    }
}
