using System.Globalization;
using System.Text;

namespace MiniK8s.Proxy.Metrics;

/// <summary>A Prometheus histogram of durations in seconds, in powers of two from one millisecond, as kube-proxy's are.</summary>
internal sealed class Histogram(string name, string help, string labels = "")
{
    private const int Buckets = 16;
    private const double First = 0.001;
    private readonly Lock gate = new();
    private readonly long[] counts = new long[Buckets];
    private long count;
    private double sum;

    public void Observe(TimeSpan duration)
    {
        var seconds = duration.TotalSeconds;
        lock (gate)
        {
            count++;
            sum += seconds;
            var bound = First;
            for (var bucket = 0; bucket < Buckets; bucket++, bound *= 2)
            {
                if (seconds <= bound) counts[bucket]++;
            }
        }
    }

    public void WriteTo(StringBuilder text)
    {
        var inside = labels.Length == 0 ? "" : labels + ",";
        var alone = labels.Length == 0 ? "" : "{" + labels + "}";
        lock (gate)
        {
            PrometheusText.Head(text, name, help, "histogram");
            var bound = First;
            for (var bucket = 0; bucket < Buckets; bucket++, bound *= 2)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{inside}le=\"{bound}\"}} {counts[bucket]}\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{inside}le=\"+Inf\"}} {count}\n{name}_sum{alone} {sum}\n{name}_count{alone} {count}\n");
        }
    }
}
