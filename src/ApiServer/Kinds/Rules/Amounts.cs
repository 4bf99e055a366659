using System.Globalization;
using MiniK8s.Api.Values;

namespace MiniK8s.ApiServer.Kinds.Rules;

/// <summary>Comparison of quantities by their amounts.</summary>
internal static class Amounts
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("Pi", 1L << 50), ("Ei", 1L << 60),
        ("n", 0.000000001m), ("u", 0.000001m), ("m", 0.001m), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m), ("T", 1e12m), ("P", 1e15m), ("E", 1e18m),
    ];

    /// <summary>Less than, equal to or more than zero, as <paramref name="one"/> is to <paramref name="other"/>.</summary>
    public static int Compare(Quantity one, Quantity other) => Of(one).CompareTo(Of(other));

    private static decimal Of(Quantity quantity)
    {
        var text = quantity.ToString();
        foreach (var (suffix, factor) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)) return decimal.Parse(text[..^suffix.Length], NumberStyles.Float, CultureInfo.InvariantCulture) * factor;
        }
        return decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
