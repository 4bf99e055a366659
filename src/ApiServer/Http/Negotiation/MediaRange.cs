using System.Globalization;

namespace MiniK8s.ApiServer.Http.Negotiation;

/// <summary>One of the types that an <c>Accept</c> header names.</summary>
/// <param name="Type">Such as <c>application/json</c>, in lower case.</param>
/// <param name="Parameters">Such as <c>as=Table</c>, without <c>q</c>.</param>
/// <param name="Quality">The <c>q</c> parameter: greater is better.</param>
internal sealed record MediaRange(string Type, IReadOnlyDictionary<string, string> Parameters, double Quality)
{
    private static readonly IReadOnlyList<MediaRange> Anything = [new("*/*", new Dictionary<string, string>(), 1)];

    /// <summary>The types of a header, best first; anything where there is none.</summary>
    public static IReadOnlyList<MediaRange> Parse(string? accept)
    {
        if (string.IsNullOrWhiteSpace(accept)) return Anything;
        return [.. accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(One).Where(range => range.Quality > 0).OrderByDescending(range => range.Quality)];
    }

    /// <summary>A parameter's value; empty where it is not given.</summary>
    public string this[string parameter] => Parameters.GetValueOrDefault(parameter, "");

    /// <summary>Whether a type falls into the range.</summary>
    public bool Includes(string type) =>
        Type == "*/*" || Type == type || (Type.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(Type[..^1], StringComparison.Ordinal));

    private static MediaRange One(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var quality = 1.0;
        foreach (var part in parts.Skip(1))
        {
            var equals = part.IndexOf('=');
            var (name, value) = equals < 0 ? (part, "") : (part[..equals].TrimEnd(), part[(equals + 1)..].Trim(' ', '"'));
            if (name != "q") parameters[name] = value;
            else if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var given)) quality = given;
        }

        return new MediaRange(parts.Length == 0 ? "*/*" : parts[0].ToLowerInvariant(), parameters, quality);
    }
}
