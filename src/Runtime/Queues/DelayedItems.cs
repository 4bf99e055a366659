namespace MiniK8s.Runtime.Queues;

/// <summary>
/// Items with the time at which each becomes due; an item waits once, for the earliest time asked for. Items of one time come in
/// the order in which they were added. Not thread-safe.
/// </summary>
internal sealed class DelayedItems<T> where T : notnull
{
    private readonly PriorityQueue<T, (long Due, long Number)> _order = new();
    private readonly Dictionary<T, (long Due, long Number)> _due = [];
    private long _lastNumber;

    internal int Count => _due.Count;

    /// <summary>The earliest time; null when nothing waits.</summary>
    internal long? Next
    {
        get
        {
            DropStale();
            return _order.TryPeek(out _, out var place) ? place.Due : null;
        }
    }

    /// <summary>Adds an item, unless it waits for an earlier time already.</summary>
    internal void Add(T item, long due)
    {
        if (!_due.TryGetValue(item, out var held) || due < held.Due)
        {
            var place = (due, ++_lastNumber);
            _due[item] = place;
            _order.Enqueue(item, place);
        }
    }

    internal void Remove(T item) => _due.Remove(item);

    /// <summary>Takes one item that is due.</summary>
    internal bool TryTake(long now, out T item)
    {
        DropStale();
        if (_order.TryPeek(out item!, out var place) && place.Due <= now)
        {
            _order.Dequeue();
            _due.Remove(item);
            return true;
        }

        return false;
    }

    // Entries whose item was removed, or moved to an earlier time, stay in the heap until they come to its top.
    private void DropStale()
    {
        while (_order.TryPeek(out var item, out var place) && !(_due.TryGetValue(item, out var held) && held == place))
        {
            _order.Dequeue();
        }
    }
}
