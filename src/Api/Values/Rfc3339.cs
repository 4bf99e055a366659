using System.Globalization;

namespace MiniK8s.Api.Values;

/// <summary>Times as the Kubernetes API writes them.</summary>
public static class Rfc3339
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a date and time with its offset; digits below 100 ns are cut off.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        var dot = text.IndexOf('.');
        if (dot >= 0)
        {
            var end = dot + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (end == dot + 1) return false;
            if (end - dot - 1 > 7) text = text[..(dot + 8)] + text[end..];
        }

        // The format "K" takes a missing offset too, which RFC 3339 does not.
        return text.Length >= 20 && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    /// <summary>In UTC, whole seconds (metav1.Time).</summary>
    public static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>In UTC, six decimals (metav1.MicroTime).</summary>
    public static string Microseconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
