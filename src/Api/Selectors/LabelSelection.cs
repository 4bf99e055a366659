using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Selectors;

/// <summary>A label selector that can be asked: all of its requirements must be fulfilled.</summary>
/// <param name="Requirements">The terms; none match every object.</param>
public sealed record LabelSelection(IReadOnlyList<LabelRequirement> Requirements)
{
    /// <summary>Matches every object.</summary>
    public static LabelSelection Everything { get; } = new([]);

    /// <summary>Matches no object: what an absent <see cref="LabelSelector"/> means.</summary>
    public static LabelSelection Nothing { get; } = new([]) { IsNothing = true };

    /// <summary>Matches no object.</summary>
    public bool IsNothing { get; private init; }

    /// <summary>Matches every object, so that asking can be left out.</summary>
    public bool IsEverything => !IsNothing && Requirements.Count == 0;

    /// <summary>Reads the text of a query: <c>a=b,c!=d,e in (x,y),f notin (z),g,!h</c>. Null and empty text match everything.</summary>
    /// <exception cref="SelectorException">The text is no selector.</exception>
    public static LabelSelection Parse(string? text) => string.IsNullOrWhiteSpace(text) ? Everything : Of(new LabelSelectorParser(text).Parse());

    /// <summary>The selector that a field of an object holds. Absent, it matches nothing; empty, everything.</summary>
    /// <exception cref="SelectorException">A key, an operator or a value is none.</exception>
    public static LabelSelection From(LabelSelector? selector)
    {
        if (selector is null) return Nothing;
        var exact = selector.MatchLabels.Select(label => new LabelRequirement(label.Key, LabelOperator.In, [label.Value]));
        return Of([.. exact, .. selector.MatchExpressions.Select(term => new LabelRequirement(term.Key, Operator(term.Operator), term.Values))]);
    }

    /// <summary>The selector of a Service: all labels equal. An empty map matches everything; who owns the map decides whether that is meant.</summary>
    /// <exception cref="SelectorException">A key or a value is none of a label.</exception>
    public static LabelSelection From(IReadOnlyDictionary<string, string> labels) =>
        Of([.. labels.Select(label => new LabelRequirement(label.Key, LabelOperator.In, [label.Value]))]);

    /// <summary>Whether an object with these labels is selected.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        if (IsNothing) return false;
        foreach (var requirement in Requirements)
        {
            if (!requirement.Matches(labels)) return false;
        }

        return true;
    }

    /// <summary>The text for a query; empty for everything.</summary>
    public override string ToString() => string.Join(',', Requirements);

    private static LabelSelection Of(IEnumerable<LabelRequirement> requirements) => new([.. requirements.OrderBy(term => term.Key, StringComparer.Ordinal)]);

    private static LabelOperator Operator(string text) => text switch
    {
        "In" => LabelOperator.In,
        "NotIn" => LabelOperator.NotIn,
        "Exists" => LabelOperator.Exists,
        "DoesNotExist" => LabelOperator.DoesNotExist,
        _ => throw new SelectorException($"\"{text}\" is not a valid label selector operator; In, NotIn, Exists and DoesNotExist are"),
    };
}
