using System.Globalization;
using System.Text;

namespace MiniK8s.Proxy.Metrics;

/// <summary>A Prometheus histogram of durations in seconds.</summary>
/// <param name="name">Its name.</param>
/// <param name="help">What it counts.</param>
/// <param name="bounds">Upper bounds of the buckets in seconds, rising; one without a bound comes after them.</param>
internal sealed class Histogram(string name, string help, double[] bounds)
{
    private readonly Lock gate = new();
    private readonly long[] counts = new long[bounds.Length + 1];
    private double sum;

    /// <summary>Counts one duration; one below zero, which clocks that differ can make, counts as none.</summary>
    public void Observe(TimeSpan duration)
    {
        var seconds = Math.Max(0, duration.TotalSeconds);
        var bucket = Array.BinarySearch(bounds, seconds);
        if (bucket < 0) bucket = ~bucket;
        lock (gate)
        {
            counts[bucket]++;
            sum += seconds;
        }
    }

    /// <summary>Writes all buckets, each with those below it.</summary>
    public void WriteTo(StringBuilder text)
    {
        PrometheusText.Head(text, name, help, "histogram");
        lock (gate)
        {
            long total = 0;
            for (var bucket = 0; bucket < bounds.Length; bucket++)
            {
                total += counts[bucket];
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"{PrometheusText.Number(bounds[bucket])}\"}} {total}\n");
            }
            total += counts[^1];
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"+Inf\"}} {total}\n{name}_sum {PrometheusText.Number(sum)}\n{name}_count {total}\n");
        }
    }
}
