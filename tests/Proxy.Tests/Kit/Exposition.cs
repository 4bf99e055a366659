using System.Globalization;
using System.Text.RegularExpressions;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>
/// Reads Prometheus' text format by its rules and fails where a text breaks them: HELP and TYPE once per name and before its samples,
/// samples of one name together, no series twice, and in a histogram rising bounds, buckets that hold those below, +Inf equal to the
/// count, and a sum.
/// </summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, double> samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> types = new(StringComparer.Ordinal);
    private readonly HashSet<string> helps = new(StringComparer.Ordinal);

    private Exposition()
    {
    }

    /// <summary>The value of a series, such as <c>name{label="value"}</c>.</summary>
    public double this[string series] => samples[series];

    public IReadOnlyDictionary<string, string> Types => types;

    public static Exposition Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var read = new Exposition();
        var current = "";
        foreach (var line in text[..^1].Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                var words = line.Split(' ', 4);
                Assert.True(words.Length == 4 && words[3].Length > 0, $"no help: {line}");
                Assert.True(read.helps.Add(words[2]), $"HELP twice: {line}");
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                Assert.Contains(words[3], (string[])["counter", "gauge", "histogram"]);
                Assert.Contains(words[2], read.helps);
                Assert.True(read.types.TryAdd(words[2], words[3]), $"TYPE twice: {line}");
                current = words[2];
            }
            else
            {
                read.Add(line, current);
            }
        }
        foreach (var (name, _) in read.types.Where(type => type.Value == "histogram")) read.CheckHistogram(name);
        return read;
    }

    private void Add(string line, string current)
    {
        var match = Sample().Match(line);
        Assert.True(match.Success, $"no sample: {line}");
        var name = match.Groups[1].Value;
        string[] allowed = types[current] == "histogram" ? [$"{current}_bucket", $"{current}_sum", $"{current}_count"] : [current];
        Assert.Contains(name, allowed);
        Assert.True(samples.TryAdd(match.Groups[1].Value + match.Groups[2].Value, double.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture)), $"twice: {line}");
    }

    private void CheckHistogram(string name)
    {
        var buckets = samples.Where(sample => sample.Key.StartsWith($"{name}_bucket{{", StringComparison.Ordinal)).ToList();
        var bounds = buckets.ConvertAll(bucket => Bound().Match(bucket.Key).Groups[1].Value);
        Assert.Equal("+Inf", bounds[^1]);
        var numbers = bounds[..^1].ConvertAll(bound => double.Parse(bound, CultureInfo.InvariantCulture));
        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.Equal(buckets.Select(bucket => bucket.Value).Order(), buckets.Select(bucket => bucket.Value));
        Assert.Equal(samples[$"{name}_count"], buckets[^1].Value);
        Assert.True(samples.ContainsKey($"{name}_sum"), $"{name} has no sum");
    }

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-zA-Z_][a-zA-Z0-9_]*="[^"\\]*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="[^"\\]*")*\})? (-?[0-9.]+(?:e[-+]?[0-9]+)?)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("le=\"([^\"]+)\"")]
    private static partial Regex Bound();
}
