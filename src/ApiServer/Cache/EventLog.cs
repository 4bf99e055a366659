namespace MiniK8s.ApiServer.Cache;

/// <summary>
/// The recent changes of one resource, oldest first: a ring that grows up to a bound and then forgets the oldest. Not safe for
/// concurrent use; the cache's gate guards it.
/// </summary>
/// <param name="capacity">The most events to keep.</param>
internal sealed class EventLog(int capacity)
{
    private CacheEvent[] ring = new CacheEvent[Math.Min(capacity, 64)];
    private int first;
    private int count;

    /// <summary>Every change after this revision is in the log.</summary>
    public long Start { get; private set; }

    /// <summary>Forgets everything; the log is complete after <paramref name="revision"/>.</summary>
    public void Reset(long revision)
    {
        Array.Clear(ring);
        (first, count, Start) = (0, 0, revision);
    }

    /// <summary>Adds a change, with a revision no smaller than the last.</summary>
    public void Append(CacheEvent change)
    {
        if (count == ring.Length && count < capacity) Grow();
        if (count == ring.Length)
        {
            // Changes of one revision are forgotten together, else a watch could begin in the middle of them.
            Start = ring[first].Revision;
            while (count > 0 && ring[first].Revision == Start) RemoveFirst();
        }

        ring[(first + count++) % ring.Length] = change;
    }

    /// <summary>The changes after a revision, oldest first. The revision must not be smaller than <see cref="Start"/>.</summary>
    public CacheEvent[] After(long revision)
    {
        int low = 0, high = count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ring[(first + middle) % ring.Length].Revision <= revision) low = middle + 1;
            else high = middle;
        }

        var result = new CacheEvent[count - low];
        for (var index = 0; index < result.Length; index++) result[index] = ring[(first + low + index) % ring.Length];
        return result;
    }

    /// <summary>
    /// The changes that a watch which resumes after a revision needs. Where several objects changed in that very revision (writes that
    /// travelled to etcd together) its client may have seen the first of them only, so all of them are repeated: a repetition is
    /// harmless, a gap is not.
    /// </summary>
    public CacheEvent[] Resume(long revision) => After(revision - 1) is [var first, var second, ..] && first.Revision == revision && second.Revision == revision
        ? After(revision - 1)
        : After(revision);

    private void RemoveFirst()
    {
        ring[first] = null!;
        first = (first + 1) % ring.Length;
        count--;
    }

    private void Grow()
    {
        var larger = new CacheEvent[Math.Min(capacity, ring.Length * 2)];
        for (var index = 0; index < count; index++) larger[index] = ring[(first + index) % ring.Length];
        (ring, first) = (larger, 0);
    }
}
