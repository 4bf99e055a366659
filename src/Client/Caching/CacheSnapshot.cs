using System.Collections;
using System.Collections.Immutable;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Client.Caching;

/// <summary>All objects at one moment, by namespace and name. Immutable: a change makes a new one that shares most with the old.</summary>
internal sealed class CacheSnapshot<T> : IReadOnlyCollection<T> where T : class, IResource<T>
{
    private static readonly ImmutableDictionary<string, T> None = ImmutableDictionary.Create<string, T>(StringComparer.Ordinal);

    private readonly ImmutableDictionary<string, ImmutableDictionary<string, T>> _namespaces;

    private CacheSnapshot(ImmutableDictionary<string, ImmutableDictionary<string, T>> namespaces, int count)
    {
        _namespaces = namespaces;
        Count = count;
    }

    internal static CacheSnapshot<T> Empty { get; } =
        new(ImmutableDictionary.Create<string, ImmutableDictionary<string, T>>(StringComparer.Ordinal), 0);

    public int Count { get; }

    internal T? Get(ObjectKey key) => In(key.Namespace).GetValueOrDefault(key.Name);

    internal IReadOnlyCollection<T> OfNamespace(string @namespace) => new Values(In(@namespace));

    internal CacheSnapshot<T> With(ObjectKey key, T value)
    {
        var names = In(key.Namespace);
        var added = names.ContainsKey(key.Name) ? 0 : 1;
        return new(_namespaces.SetItem(key.Namespace, names.SetItem(key.Name, value)), Count + added);
    }

    internal CacheSnapshot<T> Without(ObjectKey key)
    {
        var names = In(key.Namespace);
        if (!names.ContainsKey(key.Name))
        {
            return this;
        }

        var left = names.Remove(key.Name);
        return new(left.IsEmpty ? _namespaces.Remove(key.Namespace) : _namespaces.SetItem(key.Namespace, left), Count - 1);
    }

    /// <summary>A snapshot of exactly these objects.</summary>
    internal static CacheSnapshot<T> Of(IReadOnlyDictionary<ObjectKey, T> objects)
    {
        var namespaces = objects
            .GroupBy(entry => entry.Key.Namespace, StringComparer.Ordinal)
            .Select(group => KeyValuePair.Create(
                group.Key,
                None.AddRange(group.Select(entry => KeyValuePair.Create(entry.Key.Name, entry.Value)))));
        return new(Empty._namespaces.AddRange(namespaces), objects.Count);
    }

    public IEnumerator<T> GetEnumerator() => _namespaces.Values.SelectMany(names => names.Values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ImmutableDictionary<string, T> In(string @namespace) => _namespaces.GetValueOrDefault(@namespace, None);

    private sealed class Values(ImmutableDictionary<string, T> names) : IReadOnlyCollection<T>
    {
        public int Count => names.Count;

        public IEnumerator<T> GetEnumerator() => names.Values.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
