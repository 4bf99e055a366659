using MiniK8s.Api;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Client.Caching;

/// <summary>
/// What a <see cref="Reflector{T}"/> carries a feed into. Called by one thread at a time and in the feed's order: Begin, any number of
/// Add, Complete, then Apply and Delete; after a lost feed Begin comes again, also without the Complete that was due.
/// </summary>
public interface IFeedTarget<T> where T : class, IResource<T>
{
    /// <summary>A new list begins.</summary>
    void Begin();

    /// <summary>An object of the list.</summary>
    void Add(T value);

    /// <summary>The list is complete: what it lacks is gone.</summary>
    void Complete();

    /// <summary>An object came or changed.</summary>
    /// <param name="value">The object.</param>
    /// <param name="time">When that was published; see <see cref="Feeds.FeedEvent{T}.Time"/>.</param>
    void Apply(T value, DateTimeOffset time);

    /// <summary>An object is gone; perhaps it was never known.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="time">When that was published.</param>
    void Delete(ObjectKey key, DateTimeOffset time);
}
