namespace MiniK8s.ApiServer.Cache;

/// <summary>What happened to an object.</summary>
internal enum ChangeType
{
    /// <summary>It is new, or new to a watch whose selector it did not match before.</summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,

    /// <summary>It is gone, or no longer matches the selector.</summary>
    Deleted,
}

/// <summary>One change of one object, shared by all watches that see it.</summary>
/// <param name="type">What happened in the store.</param>
/// <param name="current">The object after the change; for a deletion the last state, at the revision of the deletion.</param>
/// <param name="previous">The object before the change; null for a creation.</param>
internal sealed class CacheEvent(ChangeType type, CachedObject current, CachedObject? previous)
{
    private EventRenderings? renderings;

    /// <summary>What happened in the store.</summary>
    public ChangeType Type => type;

    /// <summary>The object after the change; for a deletion the last state, at the revision of the deletion.</summary>
    public CachedObject Current => current;

    /// <summary>The object before the change; null for a creation.</summary>
    public CachedObject? Previous => previous;

    /// <summary>The revision of the change.</summary>
    public long Revision => current.Revision;

    /// <summary>The previous state at the revision of the change: what a watch is shown when an object ceases to match its selector.</summary>
    public CachedObject Departed => field ??= previous!.At(Revision);

    /// <summary>The forms in which watches have wanted the object so far.</summary>
    public EventRenderings Renderings =>
        renderings ?? Interlocked.CompareExchange(ref renderings, new EventRenderings(), null) ?? renderings;
}

/// <summary>The forms of one event's object, each made once, by the first watch that wants it.</summary>
internal sealed class EventRenderings
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Form, CachedObject Value), ReadOnlyMemory<byte>> made = [];

    /// <summary>The object in a form.</summary>
    /// <param name="form">The name of the form.</param>
    /// <param name="value">The object: the event's current or departed state.</param>
    /// <param name="render">Makes the form.</param>
    public ReadOnlyMemory<byte> Get(string form, CachedObject value, Func<CachedObject, ReadOnlyMemory<byte>> render)
    {
        lock (gate)
        {
            if (!made.TryGetValue((form, value), out var bytes)) made[(form, value)] = bytes = render(value);
            return bytes;
        }
    }
}
