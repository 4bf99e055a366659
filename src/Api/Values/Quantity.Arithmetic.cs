using System.Numerics;

namespace MiniK8s.Api.Values;

/// <summary>Reading, comparing and adding. Equality of two quantities is that of their texts; their amounts are told apart by <see cref="CompareTo"/>.</summary>
public readonly partial record struct Quantity : IComparable<Quantity>
{
    /// <summary>The amount in whole units, rounded away from zero; bytes of memory are read so.</summary>
    /// <exception cref="FormatException">The text is no amount.</exception>
    public long Units => (long)Divided(1_000_000_000);

    /// <summary>The amount in thousandths, rounded away from zero; parts of a processor are read so.</summary>
    /// <exception cref="FormatException">The text is no amount.</exception>
    public long Milli => (long)BigInteger.Min(Divided(1_000_000), long.MaxValue);

    /// <summary>The text that Kubernetes stores: no fraction, and the largest suffix of its family, such as <c>500m</c> for <c>0.5</c>.</summary>
    /// <exception cref="FormatException">The text is no amount.</exception>
    public Quantity Canonical => new(Amount().Canonical());

    private BigInteger Divided(long nanos)
    {
        var quotient = BigInteger.DivRem(Amount().Nanos, nanos, out var rest);
        return quotient + rest.Sign;
    }

    /// <summary>Reads an amount into the text that Kubernetes stores.</summary>
    /// <param name="text">The text, such as <c>0.5</c>, <c>64Mi</c> or <c>1e3</c>.</param>
    /// <param name="quantity">The amount in canonical form.</param>
    /// <param name="error">What is wrong, in Kubernetes' words; null if nothing is.</param>
    public static bool TryParse(string text, out Quantity quantity, out string? error)
    {
        var amount = QuantityAmount.Parse(text, out error);
        quantity = new(amount?.Canonical() ?? "0");
        return amount is not null;
    }

    /// <summary>The sum, with the suffixes of <paramref name="left"/> unless that is zero.</summary>
    /// <exception cref="FormatException">One of the texts is no amount.</exception>
    public static Quantity operator +(Quantity left, Quantity right) => Sum(left.Amount(), right.Amount(), 1);

    /// <summary>The difference, with the suffixes of <paramref name="left"/> unless that is zero.</summary>
    /// <exception cref="FormatException">One of the texts is no amount.</exception>
    public static Quantity operator -(Quantity left, Quantity right) => Sum(left.Amount(), right.Amount(), -1);

    public static bool operator <(Quantity left, Quantity right) => left.CompareTo(right) < 0;

    public static bool operator >(Quantity left, Quantity right) => left.CompareTo(right) > 0;

    public static bool operator <=(Quantity left, Quantity right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Quantity left, Quantity right) => left.CompareTo(right) >= 0;

    /// <summary>Compares the amounts: <c>1</c> and <c>1000m</c> are the same.</summary>
    /// <exception cref="FormatException">One of the texts is no amount.</exception>
    public int CompareTo(Quantity other) => Amount().Nanos.CompareTo(other.Amount().Nanos);

    private static Quantity Sum(QuantityAmount left, QuantityAmount right, int sign) =>
        new(new QuantityAmount(left.Nanos + (sign * right.Nanos), left.Nanos.IsZero ? right.Format : left.Format).Canonical());

    private QuantityAmount Amount() => QuantityAmount.Parse(ToString(), out var error) ?? throw new FormatException($"{error}: \"{Text}\"");
}
