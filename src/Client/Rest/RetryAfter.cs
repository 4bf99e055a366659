using System.Globalization;

namespace MiniK8s.Client.Rest;

/// <summary>When a server that is too busy wants to be asked again (client-go's rest.Request does the same).</summary>
internal static class RetryAfter
{
    /// <summary>How many times one request is repeated.</summary>
    internal const int MostRetries = 10;

    /// <summary>The delay, if the answer asks for a repetition: 429 or 5xx with a Retry-After in seconds; else null.</summary>
    internal static TimeSpan? Delay(HttpResponseMessage response) =>
        (int)response.StatusCode is 429 or >= 500 && Seconds(ResponseHeaders.Of(response)) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The header's value; null where it is missing or a date.</summary>
    internal static int? Seconds(IReadOnlyDictionary<string, IReadOnlyList<string>> headers) =>
        headers.TryGetValue("Retry-After", out var values)
        && values.Count > 0
        && int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;
}
