using System.Threading.Channels;

namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>The changes of one kind for one reader, from the moment of the subscription on.</summary>
internal sealed class TopicSubscription(string prefix, int buffer, Action<TopicSubscription> remove) : IDisposable
{
    private readonly Channel<TopicMessage.Change> _changes =
        Channel.CreateBounded<TopicMessage.Change>(new BoundedChannelOptions(buffer) { SingleReader = true, SingleWriter = true });

    internal string Prefix => prefix;

    /// <summary>The changes; ends with a <see cref="TopicBrokenException"/>.</summary>
    internal IAsyncEnumerable<TopicMessage.Change> ReadAsync(CancellationToken cancellationToken) => _changes.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Hands over a change. A reader too slow for the buffer loses the subscription, not a message.</summary>
    internal void Give(TopicMessage.Change change)
    {
        if (!_changes.Writer.TryWrite(change))
        {
            Break($"the reader is more than {buffer} messages behind");
        }
    }

    /// <summary>Ends the subscription.</summary>
    internal void Break(string reason) => _changes.Writer.TryComplete(new TopicBrokenException(reason));

    public void Dispose() => remove(this);
}
