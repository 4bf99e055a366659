using MiniK8s.Api.Validation;
using MiniK8s.Api.Values;

namespace MiniK8s.ApiServer.Kinds.Rules;

/// <summary>Amounts of resources, in the one text that is stored for each.</summary>
internal static class Amounts
{
    private static readonly Quantity Zero = new("0");

    /// <summary>The amount as it is stored: <c>0.5Gi</c> becomes <c>512Mi</c>. What is no amount stays, for the rules to name.</summary>
    public static Quantity Canonical(Quantity amount) => Quantity.TryParse(amount.ToString(), out var canonical, out _) ? canonical : amount;

    /// <summary>All of them as they are stored.</summary>
    public static IReadOnlyDictionary<string, Quantity> Canonical(IReadOnlyDictionary<string, Quantity> amounts) =>
        amounts.Count == 0 ? amounts : amounts.ToDictionary(pair => pair.Key, pair => Canonical(pair.Value));

    /// <summary>Compares two amounts; what is no amount counts as zero.</summary>
    public static int Compare(Quantity one, Quantity other) => Readable(one).CompareTo(Readable(other));

    /// <summary>Whether the amount is more than zero.</summary>
    public static bool IsPositive(Quantity amount) => Compare(amount, Zero) > 0;

    /// <summary>An amount that can be read and is not negative.</summary>
    public static IEnumerable<FieldError> NotNegative(string field, Quantity amount)
    {
        if (!Quantity.TryParse(amount.ToString(), out var parsed, out var error)) yield return FieldError.Invalid(field, amount.ToString(), error ?? "must be an amount such as 500m or 64Mi");
        else if (parsed < Zero) yield return FieldError.Invalid(field, amount.ToString(), "must be greater than or equal to 0");
    }

    private static Quantity Readable(Quantity amount) => Quantity.TryParse(amount.ToString(), out var parsed, out _) ? parsed : Zero;
}
