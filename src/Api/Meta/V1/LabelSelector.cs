using System.Collections.ObjectModel;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>Which objects are meant, by their labels; all parts must hold, and an empty one means all objects.</summary>
public sealed record LabelSelector
{
    /// <summary>Requirements on labels.</summary>
    [Proto(2), Atomic]
    public IReadOnlyList<LabelSelectorRequirement> MatchExpressions { get; init => field = value ?? []; } = [];

    /// <summary>Labels with the values that they must have.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, string> MatchLabels { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;
}
