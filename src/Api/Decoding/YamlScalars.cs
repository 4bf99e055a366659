using System.Globalization;
using System.Text.RegularExpressions;

namespace MiniK8s.Api.Decoding;

/// <summary>
/// What a plain (unquoted) YAML scalar means, by YAML 1.1 as Kubernetes' YAML library reads it: <c>yes</c> and <c>on</c> are
/// booleans, a leading zero is octal, times stay text.
/// </summary>
internal static partial class YamlScalars
{
    /// <summary>Null, a <see cref="bool"/>, a <see cref="long"/>, a <see cref="ulong"/>, a <see cref="double"/>, or the text.</summary>
    public static object? Resolve(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL": return null;
            case "true" or "True" or "TRUE" or "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON": return true;
            case "false" or "False" or "FALSE" or "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF": return false;
            case ".nan" or ".NaN" or ".NAN": return double.NaN;
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF": return double.PositiveInfinity;
            case "-.inf" or "-.Inf" or "-.INF": return double.NegativeInfinity;
            default: return text[0] is '+' or '-' or '.' || char.IsAsciiDigit(text[0]) ? Number(text) ?? text : text;
        }
    }

    /// <summary>Whether a YAML 1.1 reader other than ours would take the text for minutes and seconds (base 60).</summary>
    public static bool IsBase60(string text) => Base60Shape().IsMatch(text);

    /// <summary>Whether a YAML 1.1 reader other than ours would take the text for a moment or a day.</summary>
    public static bool IsTime(string text) => TimeShape().IsMatch(text);

    private static object? Number(string text)
    {
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        return Whole(plain) switch
        {
            null => Fraction(plain),
            { } large when large > long.MaxValue => (object)(ulong)large,
            { } number => (long)number,
        };
    }

    private static Int128? Whole(string text)
    {
        var negative = text.StartsWith('-');
        var digits = text is ['+' or '-', ..] ? text[1..] : text;
        var (radix, body) = digits switch
        {
            ['0', 'x' or 'X', .. var rest] => (16, rest),
            ['0', 'o' or 'O', .. var rest] => (8, rest),
            ['0', 'b' or 'B', .. var rest] => (2, rest),
            ['0', _, ..] => (8, digits[1..]),
            _ => (10, digits),
        };
        if (body.Length == 0) return null;
        Int128 value = 0;
        foreach (var c in body)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix) return null;
            value = (value * radix) + digit;
            if (value > ulong.MaxValue) return null;
        }

        if (!negative) return value;
        return value <= -(Int128)long.MinValue ? -value : null;
    }

    private static double? Fraction(string text) =>
        FractionShape().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex FractionShape();

    [GeneratedRegex(@"^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$")]
    private static partial Regex Base60Shape();

    // The forms of go-yaml's parseTimestamp.
    [GeneratedRegex(@"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?)?$")]
    private static partial Regex TimeShape();
}
