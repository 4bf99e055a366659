using System.Globalization;
using System.Text.RegularExpressions;
using MiniK8s.Api.Errors;

namespace MiniK8s.ApiServer.Http;

/// <summary>Reads query parameters in the forms of the Kubernetes API.</summary>
internal static partial class QueryParameters
{
    /// <summary>A duration as Go writes it (<c>1m30s</c>, <c>250ms</c>), or a plain number of seconds; null where it is not given.</summary>
    /// <exception cref="ApiException">It is given and is no duration.</exception>
    public static TimeSpan? Duration(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) return Seconds(name, text, seconds);
        if (!DurationForm().IsMatch(text)) throw Bad(name, text, "a duration such as 30s or 1m30s");
        var total = DurationPart().Matches(text).Sum(part => double.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture) * UnitSeconds(part.Groups[2].Value));
        return Seconds(name, text, total);
    }

    /// <summary>A whole number that is not negative; null where it is not given.</summary>
    /// <exception cref="ApiException">It is given and is no such number.</exception>
    public static long? Number(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad(name, text, "a whole number, not negative");
    }

    /// <summary>A boolean; a bare name counts as true, and null is returned where it is not given.</summary>
    public static bool? Boolean(IQueryCollection query, string name) => query.TryGetValue(name, out var value) ? RequestInfoParser.IsTrue(value) : null;

    private static TimeSpan Seconds(string name, string text, double seconds) =>
        seconds < 1e9 ? TimeSpan.FromSeconds(seconds) : throw Bad(name, text, "a duration of less than thirty years");

    private static double UnitSeconds(string unit) => unit switch { "h" => 3600, "m" => 60, "s" => 1, "ms" => 1e-3, "us" or "µs" => 1e-6, _ => 1e-9 };

    private static ApiException Bad(string name, string text, string wanted) =>
        ApiErrors.BadRequest($"the query parameter {name}={text} is not {wanted}");

    [GeneratedRegex(@"^(\d+(\.\d+)?(h|m|s|ms|us|µs|ns))+$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationForm();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPart();
}
