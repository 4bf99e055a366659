using System.Globalization;
using System.Numerics;

namespace MiniK8s.Api.Values;

/// <summary>
/// The number behind a quantity: whole billionths, and the family of its suffix. Kubernetes keeps the same precision: what is
/// smaller is rounded away from zero, what is larger than 2^63-1 is cut there (apimachinery's resource.Quantity).
/// </summary>
internal readonly record struct QuantityAmount(BigInteger Nanos, QuantityFormat Format)
{
    /// <summary>Error for a text that is no quantity at all.</summary>
    public const string WrongFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    /// <summary>Error for a number with an unknown suffix.</summary>
    public const string WrongSuffix = "unable to parse quantity's suffix";

    private const int NanoDigits = 9;
    private const string DecimalSuffixes = "num kMGTPE";
    private const string BinarySuffixes = "KMGTPE";

    /// <summary>Longer texts are no amounts: the digits are turned into a number, which costs the square of their count.</summary>
    private const int MaxLength = 256;

    private static readonly BigInteger NanosPerUnit = BigInteger.Pow(10, NanoDigits);
    private static readonly BigInteger Largest = long.MaxValue * NanosPerUnit;

    /// <summary>Reads an amount; null with the error's text if it is none.</summary>
    public static QuantityAmount? Parse(string text, out string? error)
    {
        error = WrongFormat;
        if (text.Length is 0 or > MaxLength) return null;
        var start = text[0] is '+' or '-' ? 1 : 0;
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        var whole = text[start..end];
        var fraction = "";
        if (end < text.Length && text[end] == '.')
        {
            var from = ++end;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            fraction = text[from..end];
        }

        if (whole.Length + fraction.Length == 0 || !IsSuffixShape(text.AsSpan(end))) return null;
        error = WrongSuffix;
        if (Scale(text[end..]) is not var (radix, power, format)) return null;
        error = null;
        var digits = BigInteger.Parse(whole + fraction, CultureInfo.InvariantCulture);
        var nanos = Scaled(digits, fraction.Length, radix, power);
        return new QuantityAmount(text[0] == '-' ? -nanos : nanos, format);
    }

    /// <summary>The shortest text without a fraction.</summary>
    public string Canonical()
    {
        if (Nanos.IsZero) return "0";
        var small = BigInteger.Abs(Nanos) < 1024 * NanosPerUnit;
        if (Format == QuantityFormat.BinarySI && !small && (Nanos % NanosPerUnit).IsZero) return Binary(Nanos / NanosPerUnit);
        var (mantissa, power) = (Nanos, -NanoDigits);
        while ((mantissa % 1000).IsZero && (power < 18 || Format == QuantityFormat.DecimalExponent)) (mantissa, power) = (mantissa / 1000, power + 3);
        var number = mantissa.ToString(CultureInfo.InvariantCulture);
        if (power == 0) return number;
        return Format == QuantityFormat.DecimalExponent
            ? $"{number}e{power.ToString(CultureInfo.InvariantCulture)}"
            : number + DecimalSuffixes[(power + NanoDigits) / 3];
    }

    private static string Binary(BigInteger units)
    {
        var power = 0;
        while ((units % 1024).IsZero && power < BinarySuffixes.Length) (units, power) = (units / 1024, power + 1);
        var number = units.ToString(CultureInfo.InvariantCulture);
        return power == 0 ? number : $"{number}{BinarySuffixes[power - 1]}i";
    }

    private static bool IsSuffixShape(ReadOnlySpan<char> suffix)
    {
        suffix = suffix.TrimStart("eEinumkKMGTP");
        if (suffix.Length > 0 && suffix[0] is '+' or '-') suffix = suffix[1..];
        return !suffix.ContainsAnyExceptInRange('0', '9');
    }

    private static (int Radix, int Power, QuantityFormat Format)? Scale(string suffix)
    {
        if (suffix.Length == 0) return (10, 0, QuantityFormat.DecimalSI);
        if (suffix.Length == 1 && suffix[0] != ' ' && DecimalSuffixes.IndexOf(suffix[0]) is >= 0 and var at) return (10, (at * 3) - NanoDigits, QuantityFormat.DecimalSI);
        if (suffix.Length == 2 && suffix[1] == 'i' && BinarySuffixes.IndexOf(suffix[0]) is >= 0 and var big) return (2, (big + 1) * 10, QuantityFormat.BinarySI);
        return suffix[0] is 'e' or 'E' && int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            ? (10, exponent, QuantityFormat.DecimalExponent)
            : null;
    }

    private static BigInteger Scaled(BigInteger digits, int decimals, int radix, int power)
    {
        if (digits.IsZero) return digits;
        // Beyond these bounds the outcome is the largest or the smallest amount, and the power need not be computed.
        if (radix == 10) power = Math.Clamp(power, -2 * MaxLength, 2 * MaxLength);
        var numerator = digits * NanosPerUnit * (power > 0 ? BigInteger.Pow(radix, power) : BigInteger.One);
        var denominator = BigInteger.Pow(10, decimals) * (power < 0 ? BigInteger.Pow(radix, -power) : BigInteger.One);
        var nanos = BigInteger.DivRem(numerator, denominator, out var rest) + (rest.IsZero ? 0 : 1);
        return BigInteger.Min(nanos, Largest);
    }
}
