namespace MiniK8s.Client.Feeds;

/// <summary>Lengths and sizes of a <see cref="WatchFeed"/>.</summary>
public sealed record WatchFeedOptions
{
    /// <summary>Objects of one page of the list.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>
    /// How long a watch may be silent before its connection counts as dead. Servers send a bookmark each minute; a peer that
    /// vanished without a word (half-open TCP) sends nothing.
    /// </summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long the server is asked to keep one watch; between this and twice this (client-go: 5 to 10 minutes).</summary>
    public TimeSpan WatchTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Pauses between attempts.</summary>
    public BackoffOptions Backoff { get; init; } = new();
}
