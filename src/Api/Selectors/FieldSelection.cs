using System.Text;

namespace MiniK8s.Api.Selectors;

/// <summary>One term of a field selector.</summary>
/// <param name="Field">The path, such as <c>metadata.name</c>.</param>
/// <param name="IsEqual">Whether the field must have the value, or must not have it.</param>
/// <param name="Value">The value.</param>
public sealed record FieldRequirement(string Field, bool IsEqual, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}{(IsEqual ? "=" : "!=")}{FieldSelection.Escape(Value)}";
}

/// <summary>A field selector: all of its requirements must be fulfilled. Which fields can be asked for is the kind's to say.</summary>
/// <param name="Requirements">The terms; none match every object.</param>
public sealed record FieldSelection(IReadOnlyList<FieldRequirement> Requirements)
{
    /// <summary>Matches every object.</summary>
    public static FieldSelection Everything { get; } = new([]);

    /// <summary>Matches every object, so that asking can be left out.</summary>
    public bool IsEverything => Requirements.Count == 0;

    /// <summary>Reads <c>a=b,c==d,e!=f</c>; in a value <c>\,</c>, <c>\=</c> and <c>\\</c> stand for the character. Null and empty text match everything.</summary>
    /// <exception cref="SelectorException">A term has no operator, or a value an unknown escape.</exception>
    public static FieldSelection Parse(string? text) => string.IsNullOrEmpty(text)
        ? Everything
        : new FieldSelection([.. Terms(text).Where(term => term.Length > 0).Select(Requirement).OrderBy(term => term.Field, StringComparer.Ordinal)]);

    /// <summary>Whether an object is selected.</summary>
    /// <param name="lookup">The value of a field of the object; empty for an absent one.</param>
    public bool Matches(Func<string, string> lookup)
    {
        foreach (var term in Requirements)
        {
            if (lookup(term.Field) == term.Value != term.IsEqual) return false;
        }

        return true;
    }

    /// <summary>The value that the field must have; null if the selector does not say.</summary>
    public string? ExactValueOf(string field) => Requirements.FirstOrDefault(term => term.IsEqual && term.Field == field)?.Value;

    /// <summary>The text for a query; empty for everything.</summary>
    public override string ToString() => string.Join(',', Requirements);

    /// <summary>A value as it stands in a selector.</summary>
    internal static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal);

    private static IEnumerable<string> Terms(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == ',')
            {
                yield return text[start..at];
                start = at + 1;
            }
        }

        yield return text[start..];
    }

    private static FieldRequirement Requirement(string term)
    {
        for (var at = 0; at < term.Length; at++)
        {
            if (term[at] == '\\') at++;
            else if (term.AsSpan(at).StartsWith("!=")) return new FieldRequirement(term[..at], false, Unescape(term, at + 2));
            else if (term.AsSpan(at).StartsWith("==")) return new FieldRequirement(term[..at], true, Unescape(term, at + 2));
            else if (term[at] == '=') return new FieldRequirement(term[..at], true, Unescape(term, at + 1));
        }

        throw new SelectorException($"invalid selector: '{term}'; can't understand '{term}': a field, one of =, == and !=, and a value are wanted");
    }

    private static string Unescape(string term, int from)
    {
        var value = new StringBuilder();
        for (var at = from; at < term.Length; at++)
        {
            var c = term[at];
            if (c is ',' or '=') throw new SelectorException($"invalid field selector: unescaped '{c}' in value of '{term}'; write \\{c}");
            if (c == '\\' && (++at == term.Length || term[at] is not ('\\' or ',' or '=')))
            {
                throw new SelectorException($"invalid field selector: invalid escape sequence in value of '{term}'; only \\\\, \\, and \\= are known");
            }

            value.Append(term[at]);
        }

        return value.ToString();
    }
}
