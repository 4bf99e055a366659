using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds.Rules;

/// <summary>Columns that most Tables have, and cells in common forms.</summary>
internal static class CommonColumns
{
    public const string None = "<none>";
    public const string Unknown = "<unknown>";

    /// <summary>The object's name.</summary>
    public static Column<T> Name<T>(int priority = 0) where T : class, IResource<T> =>
        new("Name", "string", "name", priority, (value, _) => value.Metadata.Name ?? "");

    /// <summary>The time since creation.</summary>
    public static Column<T> CreationAge<T>() where T : class, IResource<T> =>
        new("Age", "string", "", 0, (value, now) => Age.Of(value.Metadata.CreationTimestamp, now));

    /// <summary>A column of text or numbers that shows always (0) or only in wide output (1).</summary>
    public static Column<T> Of<T>(string name, Func<T, object> value, int priority = 0) => new(name, "string", "", priority, (item, _) => value(item));

    /// <summary>The text, or <c>&lt;none&gt;</c>.</summary>
    public static string OrNone(string? text) => string.IsNullOrEmpty(text) ? None : text;

    /// <summary>The text, or <c>&lt;unknown&gt;</c>.</summary>
    public static string OrUnknown(string? text) => string.IsNullOrEmpty(text) ? Unknown : text;

    /// <summary>Labels as <c>a=1,b=2</c>, or <c>&lt;none&gt;</c>.</summary>
    public static string Labels(IReadOnlyDictionary<string, string> labels) =>
        OrNone(string.Join(',', labels.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));

    /// <summary>The first items, and how many more there are: <c>a,b,c + 2 more...</c>.</summary>
    public static string Shortened(IReadOnlyList<string> items, int most = 3) =>
        string.Join(',', items.Take(most)) + (items.Count > most ? $" + {items.Count - most} more..." : "");
}
