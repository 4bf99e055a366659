using System.Globalization;
using MiniK8s.Kubectl.Manifests;

namespace MiniK8s.Kubectl.Describing;

/// <summary>What the descriptions of several kinds have in common.</summary>
internal static class Common
{
    private const int LongestAnnotation = 140;

    /// <summary>A text, or <c>&lt;none&gt;</c>.</summary>
    public static string OrNone(string? text) => string.IsNullOrEmpty(text) ? "<none>" : text;

    /// <summary>A flag as descriptions show it.</summary>
    public static string Truth(bool? value) => value == true ? "True" : "False";

    /// <summary>A flag as Go prints it.</summary>
    public static string Flag(bool? value) => value == true ? "true" : "false";

    /// <summary>A moment in the user's time zone (RFC 1123 with a numeric zone).</summary>
    public static string Moment(DateTimeOffset? time, TimeZoneInfo zone)
    {
        if (time is not { } moment) return "<unset>";
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        var offset = local.Offset.ToString(@"hhmm", CultureInfo.InvariantCulture);
        return $"{local.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} {(local.Offset < TimeSpan.Zero ? '-' : '+')}{offset}";
    }

    /// <summary>A line each of <c>key=value</c>, the first behind the title.</summary>
    public static TabText Map(this TabText text, string title, IReadOnlyDictionary<string, string> values) =>
        text.Values(title, [.. values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")]);

    /// <summary>A line each, the first behind the title.</summary>
    public static TabText Values(this TabText text, string title, IReadOnlyList<string> values)
    {
        text.Line(0, $"{title}:\t{OrNone(values.Count == 0 ? null : values[0])}");
        foreach (var value in values.Skip(1)) text.Line(0, $"\t{value}");
        return text;
    }

    /// <summary>Annotations, long ones below their names and shortened; the one that apply keeps is left out.</summary>
    public static TabText Annotations(this TabText text, IReadOnlyDictionary<string, string> annotations)
    {
        var lines = new List<string>();
        foreach (var (key, raw) in annotations.Where(pair => pair.Key != LastApplied.Annotation).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var value = raw.EndsWith('\n') ? raw[..^1] : raw;
            if (key.Length + value.Length + 2 <= LongestAnnotation && !value.Contains('\n', StringComparison.Ordinal))
            {
                lines.Add($"{key}: {value}");
                continue;
            }

            lines.Add($"{key}:");
            lines.AddRange(value.Split('\n').Select(line => $"  {Shorten(line)}"));
        }

        return text.Values("Annotations", lines);
    }

    private static string Shorten(string line) => line.Length > LongestAnnotation - 2 ? line[..(LongestAnnotation - 2)] + "..." : line;
}
