using System.Globalization;
using MiniK8s.Api.Names;

namespace MiniK8s.Api.Selectors;

/// <summary>One term of a label selector.</summary>
public sealed record LabelRequirement
{
    /// <summary>A term.</summary>
    /// <param name="key">The label's key.</param>
    /// <param name="operator">What is asked.</param>
    /// <param name="values">The values; none for the operators that ask only whether the label is there.</param>
    /// <exception cref="SelectorException">Key or values cannot be those of a label, or their number does not fit the operator.</exception>
    public LabelRequirement(string key, LabelOperator @operator, IEnumerable<string> values)
    {
        (Key, Operator, Values) = (key, @operator, [.. values.Distinct().Order(StringComparer.Ordinal)]);
        Refuse(NameRules.LabelKey(key), "key", key);
        var fits = @operator switch
        {
            LabelOperator.Exists or LabelOperator.DoesNotExist => Values.Count == 0,
            LabelOperator.In or LabelOperator.NotIn => Values.Count > 0,
            _ => Values.Count == 1 && long.TryParse(Values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        };
        if (!fits) throw new SelectorException($"label \"{key}\": {Wanted(@operator)}, got [{string.Join(", ", Values)}]");
        foreach (var value in Values) Refuse(NameRules.LabelValue(value), "value", value);
    }

    /// <summary>The label's key.</summary>
    public string Key { get; }

    /// <summary>What is asked.</summary>
    public LabelOperator Operator { get; }

    /// <summary>The values, in order.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Whether an object with these labels fulfils the term.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var there = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            LabelOperator.In => there && Values.Contains(value),
            LabelOperator.NotIn => !there || !Values.Contains(value),
            LabelOperator.Exists => there,
            LabelOperator.DoesNotExist => !there,
            LabelOperator.GreaterThan => there && Number(value!) > Number(Values[0]),
            _ => there && Number(value!) < Number(Values[0]),
        };
    }

    /// <inheritdoc/>
    public bool Equals(LabelRequirement? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The term as selectors are written in queries.</summary>
    public override string ToString() => Operator switch
    {
        LabelOperator.In when Values.Count == 1 => $"{Key}={Values[0]}",
        LabelOperator.NotIn when Values.Count == 1 => $"{Key}!={Values[0]}",
        LabelOperator.In => $"{Key} in ({string.Join(',', Values)})",
        LabelOperator.NotIn => $"{Key} notin ({string.Join(',', Values)})",
        LabelOperator.Exists => Key,
        LabelOperator.DoesNotExist => $"!{Key}",
        LabelOperator.GreaterThan => $"{Key}>{Values[0]}",
        _ => $"{Key}<{Values[0]}",
    };

    private static long? Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Wanted(LabelOperator @operator) => @operator switch
    {
        LabelOperator.Exists or LabelOperator.DoesNotExist => "values set must be empty for exists and does not exist",
        LabelOperator.In or LabelOperator.NotIn => "for 'in', 'notin' operators, values set can't be empty",
        _ => "for 'Gt', 'Lt' operators, exactly one value is required and it must be an integer",
    };

    private static void Refuse(IReadOnlyList<string> errors, string what, string text)
    {
        if (errors.Count > 0) throw new SelectorException($"{what}: Invalid value: \"{text}\": {string.Join("; ", errors)}");
    }
}
