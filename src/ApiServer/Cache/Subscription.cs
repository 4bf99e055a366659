using System.Threading.Channels;
using MiniK8s.Api.Errors;

namespace MiniK8s.ApiServer.Cache;

/// <summary>Something that a watch sends to its client.</summary>
/// <param name="Type">What happened, as this watch sees it; null for a bookmark.</param>
/// <param name="Change">The change; null for a bookmark.</param>
/// <param name="Revision">The revision of the change, or up to which a bookmark promises that nothing is outstanding.</param>
internal readonly record struct WatchItem(ChangeType? Type, CacheEvent? Change, long Revision)
{
    /// <summary>The object to show.</summary>
    public CachedObject Object => Type == ChangeType.Deleted && Change!.Type != ChangeType.Deleted ? Change.Departed : Change!.Current;
}

/// <summary>
/// One watch. The cache offers it every change of its namespace; what it cannot take at once, because its client reads too slowly
/// and the buffer is full, ends it: nothing is dropped in silence, and nobody waits for it.
/// </summary>
internal sealed class Subscription : IDisposable
{
    private readonly Channel<WatchItem> channel;
    private readonly Action<Subscription> unsubscribe;

    internal Subscription(ObjectFilter filter, long after, int buffer, Action<Subscription> unsubscribe)
    {
        Filter = filter;
        After = after;
        this.unsubscribe = unsubscribe;
        channel = Channel.CreateBounded<WatchItem>(
            new BoundedChannelOptions(buffer) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true, SingleWriter = true });
    }

    /// <summary>What the watch is about.</summary>
    public ObjectFilter Filter { get; }

    /// <summary>Only later changes are delivered.</summary>
    public long After { get; }

    /// <summary>Changes between <see cref="After"/> and the moment of the subscription; they come before <see cref="Items"/>.</summary>
    public required IReadOnlyList<WatchItem> Backlog { get; init; }

    /// <summary>
    /// The changes as they come. Ends with an <see cref="ApiException"/> of reason Expired when the watch was too slow, or when
    /// the cache had to begin anew.
    /// </summary>
    public ChannelReader<WatchItem> Items => channel.Reader;

    /// <summary>Takes a change. Called under the cache's gate.</summary>
    /// <returns>False when the buffer is full: the watch is over then.</returns>
    public bool Offer(CacheEvent change)
    {
        if (change.Revision <= After || Filter.Translate(change) is not { } type) return true;
        return channel.Writer.TryWrite(new WatchItem(type, change, change.Revision));
    }

    /// <summary>Takes a bookmark, or leaves it where the buffer is full: the next one will do. Called under the cache's gate.</summary>
    public void OfferBookmark(long revision)
    {
        if (revision > After) channel.Writer.TryWrite(new WatchItem(null, null, revision));
    }

    /// <summary>Ends the watch with an error, after what is in the buffer.</summary>
    public void Close(Exception reason) => channel.Writer.TryComplete(reason);

    /// <inheritdoc/>
    public void Dispose()
    {
        unsubscribe(this);
        channel.Writer.TryComplete();
    }
}
