namespace MiniK8s.Runtime.Queues;

/// <summary>Items with the time at which each becomes due; an item waits once, for the earliest time asked for. Not thread-safe.</summary>
internal sealed class DelayedItems<T> where T : notnull
{
    private readonly PriorityQueue<T, long> _order = new();
    private readonly Dictionary<T, long> _due = [];

    internal int Count => _due.Count;

    /// <summary>The earliest time; null when nothing waits.</summary>
    internal long? Next
    {
        get
        {
            DropStale();
            return _order.TryPeek(out _, out var due) ? due : null;
        }
    }

    /// <summary>Adds an item, unless it waits for an earlier time already.</summary>
    internal void Add(T item, long due)
    {
        if (!_due.TryGetValue(item, out var held) || due < held)
        {
            _due[item] = due;
            _order.Enqueue(item, due);
        }
    }

    internal void Remove(T item) => _due.Remove(item);

    /// <summary>Takes one item that is due.</summary>
    internal bool TryTake(long now, out T item)
    {
        DropStale();
        if (_order.TryPeek(out item!, out var due) && due <= now)
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
        while (_order.TryPeek(out var item, out var due) && !(_due.TryGetValue(item, out var held) && held == due))
        {
            _order.Dequeue();
        }
    }
}
