namespace MiniK8s.ApiServer.Storage.Watching;

/// <summary>
/// The changes of one revision, linked to those of the next. A watcher holds the entry it has reached; entries that nobody
/// can reach any more are garbage, so a slow watcher delays no writer and loses nothing.
/// </summary>
internal sealed class LogEntry(long revision, IReadOnlyList<StoreEvent> events)
{
    private volatile LogEntry? _next;

    internal long Revision => revision;

    internal IReadOnlyList<StoreEvent> Events => events;

    /// <summary>The entry of the following revision, or null while there is none.</summary>
    internal LogEntry? Next => _next;

    /// <summary>Links the successor; called once, by the one writer.</summary>
    internal void Append(LogEntry next) => _next = next;

    /// <summary>The changes of keys with this prefix as a batch, or null when there are none.</summary>
    internal StoreBatch? Match(string prefix)
    {
        var matching = 0;
        foreach (var change in events)
        {
            matching += change.Key.StartsWith(prefix, StringComparison.Ordinal) ? 1 : 0;
        }

        if (matching == 0)
        {
            return null;
        }

        return new StoreBatch(revision, matching == events.Count
            ? events
            : [.. events.Where(change => change.Key.StartsWith(prefix, StringComparison.Ordinal))]);
    }
}
