using MiniK8s.Api;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>What a reader has to do about a message.</summary>
internal abstract record TopicStep<T> where T : class, IResource<T>
{
    /// <summary>Nothing: it is known, or not in the scope.</summary>
    internal static TopicStep<T> Ignore { get; } = new Nothing();

    /// <summary>Tell the consumer.</summary>
    internal sealed record Tell(FeedEvent<T> Event) : TopicStep<T>;

    /// <summary>Read the object from the API, because the message does not carry it.</summary>
    internal sealed record Fetch(ObjectKey Key) : TopicStep<T>;

    /// <summary>List anew: something is missing.</summary>
    internal sealed record Relist(string Reason) : TopicStep<T>;

    private sealed record Nothing : TopicStep<T>;
}
