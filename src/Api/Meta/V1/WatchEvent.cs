namespace MiniK8s.Api.Meta.V1;

/// <summary>The names of the watch event types.</summary>
public static class WatchEventTypes
{
    /// <summary>An object came to be, or came to match the selectors.</summary>
    public const string Added = "ADDED";

    /// <summary>An object changed.</summary>
    public const string Modified = "MODIFIED";

    /// <summary>An object is gone, or no longer matches.</summary>
    public const string Deleted = "DELETED";

    /// <summary>Nothing changed; the object carries only the version that the watch has reached.</summary>
    public const string Bookmark = "BOOKMARK";

    /// <summary>The watch ends; the object is a <see cref="Status"/>.</summary>
    public const string Error = "ERROR";
}
