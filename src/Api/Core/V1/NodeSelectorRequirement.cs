using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A requirement on one label or field of a node.</summary>
public sealed record NodeSelectorRequirement
{
    /// <summary>Key of the label, or path of the field.</summary>
    [Proto(1), Required]
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c>, <c>DoesNotExist</c>, <c>Gt</c> or <c>Lt</c>.</summary>
    [Proto(2), Required, OneOf("DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn")]
    public string Operator { get; init => field = value ?? ""; } = "";

    /// <summary>Values for In and NotIn, at least one; a single whole number for Gt and Lt; none for the others.</summary>
    [Proto(3), Atomic]
    public IReadOnlyList<string> Values { get; init => field = value ?? []; } = [];
}
