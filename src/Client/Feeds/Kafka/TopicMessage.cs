using MiniK8s.Api.Topics;

namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>A message of the topic whose headers make sense. What is in it is a hint until it is compared with its key.</summary>
internal abstract record TopicMessage(long Revision, ChangePosition? After)
{
    /// <summary>A change of one object.</summary>
    /// <param name="Revision">The revision of the change.</param>
    /// <param name="After">The change published before; null where nothing is claimed.</param>
    /// <param name="Key">The object's key in the store.</param>
    /// <param name="Position">Its place in the order of changes.</param>
    /// <param name="Previous">The revision of the key's change before; 0 for a creation; null where it is not known.</param>
    /// <param name="Body">What the value is.</param>
    internal sealed record Change(long Revision, ChangePosition? After, string Key, ChangePosition Position, long? Previous, ChangeBody Body)
        : TopicMessage(Revision, After)
    {
        /// <summary>When it was sent, by the publisher's clock; the default value where the message does not say.</summary>
        internal DateTimeOffset Time { get; init; }
    }

    /// <summary>The publisher lives.</summary>
    internal sealed record Progress(long Revision, ChangePosition? After) : TopicMessage(Revision, After);

    /// <summary>Changes were lost to the topic.</summary>
    internal sealed record Resync(long Revision) : TopicMessage(Revision, null);
}

/// <summary>What the value of a change is.</summary>
internal abstract record ChangeBody
{
    /// <summary>The object is gone.</summary>
    internal sealed record Gone : ChangeBody;

    /// <summary>The object, as JSON.</summary>
    internal sealed record Whole(ReadOnlyMemory<byte> Json) : ChangeBody;

    /// <summary>Not the object: it is to be read from the API.</summary>
    internal sealed record Elsewhere : ChangeBody;
}
