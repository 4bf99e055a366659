using System.Globalization;
using System.Text;

namespace MiniK8s.Proxy.Metrics;

/// <summary>The text format of Prometheus, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>What comes once before all series of a name.</summary>
    public static void Head(StringBuilder text, string name, string help, string type) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    /// <summary>A name with one series that has no label.</summary>
    public static void Single(StringBuilder text, string name, string help, string type, double value)
    {
        Head(text, name, help, type);
        text.Append(name).Append(' ').Append(Number(value)).Append('\n');
    }

    /// <summary>A name with a series per label set, such as <c>table="nat"</c>; nothing at all without any.</summary>
    public static void Many(StringBuilder text, string name, string help, string type, IEnumerable<(string Labels, double Value)> series)
    {
        var isFirst = true;
        foreach (var (labels, value) in series)
        {
            if (isFirst) Head(text, name, help, type);
            isFirst = false;
            text.Append(name).Append('{').Append(labels).Append("} ").Append(Number(value)).Append('\n');
        }
    }

    /// <summary>A number as Prometheus' own clients write it.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
}
