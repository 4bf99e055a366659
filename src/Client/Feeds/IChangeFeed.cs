using MiniK8s.Api.Declarations;

namespace MiniK8s.Client.Feeds;

/// <summary>
/// The state of one kind and every later change of it, for as long as the consumer reads. Implementations (HTTP watch, Kafka)
/// hide lost connections, gaps and compaction: they begin again with <see cref="FeedEvent{T}.Init"/>. The enumeration ends only
/// by cancellation; it never throws for a server that is away, it waits and retries with back-off.
/// </summary>
public interface IChangeFeed
{
    /// <summary>Reads a kind. See <see cref="FeedEvent{T}"/> for what a consumer may assume.</summary>
    IAsyncEnumerable<FeedEvent<T>> ReadAsync<T>(FeedScope scope, CancellationToken cancellationToken) where T : class, IResource<T>;
}

/// <summary>Which objects of a kind a consumer wants.</summary>
/// <param name="Namespace">One namespace; null for all.</param>
/// <param name="LabelSelector">Such as <c>app=web</c>; null for all.</param>
/// <param name="FieldSelector">Such as <c>spec.nodeName=n1</c>; null for all.</param>
public sealed record FeedScope(string? Namespace = null, string? LabelSelector = null, string? FieldSelector = null)
{
    /// <summary>Everything.</summary>
    public static FeedScope All { get; } = new();
}

/// <summary>
/// A step of a feed. The order is: Init, any number of InitApply, InitDone, then any number of Apply and Delete; a new Init may
/// come at any time and replaces all that was known once its InitDone has come. Objects that vanished while the feed was down are
/// those that the new list lacks. Between InitDone and the next Init each object's versions only grow.
/// </summary>
public abstract record FeedEvent<T> where T : class, IResource<T>
{
    private FeedEvent()
    {
    }

    /// <summary>
    /// When the change was published: by the publisher's clock where the feed carries that (Kafka, in milliseconds), else when it
    /// arrived here (HTTP watch). The default value for what is not a change, such as an object of a list, and where nothing is known.
    /// </summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>A new list begins.</summary>
    public sealed record Init : FeedEvent<T>;

    /// <summary>An object of the new list.</summary>
    public sealed record InitApply(T Object) : FeedEvent<T>;

    /// <summary>The list is complete as of <paramref name="Revision"/>.</summary>
    public sealed record InitDone(long Revision) : FeedEvent<T>;

    /// <summary>An object came or changed.</summary>
    public sealed record Apply(T Object) : FeedEvent<T>;

    /// <summary>An object is gone, or left the scope.</summary>
    public sealed record Delete(string Namespace, string Name) : FeedEvent<T>;
}
