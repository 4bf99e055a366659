using System.Collections;
using System.Runtime.CompilerServices;

namespace MiniK8s.Proxy.Model;

/// <summary>A short immutable list that equals another by its items, so that records that hold it compare by value.</summary>
[CollectionBuilder(typeof(ValueArray), nameof(ValueArray.Create))]
internal readonly struct ValueArray<T>(T[] items) : IReadOnlyList<T>, IEquatable<ValueArray<T>>
{
    private readonly T[]? items = items;

    public int Count => items?.Length ?? 0;

    public T this[int index] => Items[index];

    private T[] Items => items ?? [];

    public ReadOnlySpan<T> AsSpan() => items;

    /// <summary>The items themselves, for who keeps them and changes none: a copy of many lists takes as much again.</summary>
    public T[] AsSharedArray() => Items;

    public bool Equals(ValueArray<T> other) => AsSpan().SequenceEqual(other.AsSpan());

    public override bool Equals(object? obj) => obj is ValueArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items) hash.Add(item);
        return hash.ToHashCode();
    }

    public ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    public override string ToString() => $"[{string.Join(", ", Items)}]";

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();
}

/// <summary>Makes value arrays, for collection expressions.</summary>
internal static class ValueArray
{
    public static ValueArray<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}
