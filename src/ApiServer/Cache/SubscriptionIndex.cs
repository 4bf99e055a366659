namespace MiniK8s.ApiServer.Cache;

/// <summary>The open watches of a cache by namespace, so that a change reaches those of its namespace without asking the others. Guarded by the cache's gate.</summary>
internal sealed class SubscriptionIndex
{
    private readonly HashSet<Subscription> everywhere = [];
    private readonly Dictionary<string, HashSet<Subscription>> byNamespace = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a watch.</summary>
    public void Add(Subscription subscription)
    {
        var name = subscription.Filter.Namespace;
        if (name.Length == 0) everywhere.Add(subscription);
        else if (byNamespace.TryGetValue(name, out var set)) set.Add(subscription);
        else byNamespace.Add(name, [subscription]);
        Count++;
    }

    /// <summary>Removes a watch; one that is not there changes nothing.</summary>
    public void Remove(Subscription subscription)
    {
        var name = subscription.Filter.Namespace;
        if (name.Length == 0)
        {
            if (everywhere.Remove(subscription)) Count--;
        }
        else if (byNamespace.TryGetValue(name, out var set) && set.Remove(subscription))
        {
            Count--;
            if (set.Count == 0) byNamespace.Remove(name);
        }
    }

    /// <summary>The watches that a change in this namespace concerns.</summary>
    public SubscriptionSequence For(ReadOnlySpan<char> @namespace) =>
        new(everywhere, byNamespace.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(@namespace, out var set) ? set : null);

    /// <summary>All watches, in a list of its own, so that they may be removed meanwhile.</summary>
    public List<Subscription> All() => [.. everywhere, .. byNamespace.Values.SelectMany(set => set)];
}

/// <summary>Two sets in a row, without allocating.</summary>
internal readonly struct SubscriptionSequence(HashSet<Subscription> first, HashSet<Subscription>? second)
{
    /// <summary>Walks both.</summary>
    public Enumerator GetEnumerator() => new(first, second);

    /// <summary>The walk.</summary>
    internal struct Enumerator(HashSet<Subscription> first, HashSet<Subscription>? second)
    {
        private HashSet<Subscription>.Enumerator walk = first.GetEnumerator();
        private HashSet<Subscription>? next = second;

        /// <summary>The watch at hand.</summary>
        public readonly Subscription Current => walk.Current;

        /// <summary>Goes on.</summary>
        public bool MoveNext()
        {
            if (walk.MoveNext()) return true;
            if (next is null) return false;
            walk = next.GetEnumerator();
            next = null;
            return walk.MoveNext();
        }
    }
}
