using System.Globalization;
using System.Text;

namespace MiniK8s.Client.Rest;

/// <summary>Writes a <see cref="ListQuery"/> as the query part of an address.</summary>
internal static class QueryText
{
    /// <summary>For a list: empty, or beginning with a question mark.</summary>
    internal static string OfList(ListQuery? query) => query is null ? "" : Join(Common(query));

    /// <summary>For a watch, which always wants bookmarks: they keep the version fresh and show that the server lives.</summary>
    internal static string OfWatch(ListQuery query) => Join([("watch", "true"), ("allowWatchBookmarks", "true"), .. Common(query)]);

    private static IEnumerable<(string Name, string? Value)> Common(ListQuery query) =>
    [
        ("labelSelector", query.LabelSelector),
        ("fieldSelector", query.FieldSelector),
        ("limit", query.Limit > 0 ? query.Limit.ToString(CultureInfo.InvariantCulture) : null),
        ("continue", query.Continue),
        ("resourceVersion", query.ResourceVersion),
        ("timeoutSeconds", query.Timeout is { } t ? ((long)t.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null),
    ];

    private static string Join(IEnumerable<(string Name, string? Value)> pairs)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in pairs)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return text.ToString();
    }
}
