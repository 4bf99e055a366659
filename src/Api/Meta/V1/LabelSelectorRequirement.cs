using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>A requirement on one label.</summary>
public sealed record LabelSelectorRequirement
{
    /// <summary>Key of the label.</summary>
    [Proto(1), Required]
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</summary>
    [Proto(2), Required]
    public string Operator { get; init => field = value ?? ""; } = "";

    /// <summary>Values for In and NotIn, at least one; none for the others.</summary>
    [Proto(3), Atomic]
    public IReadOnlyList<string> Values { get; init => field = value ?? []; } = [];
}
