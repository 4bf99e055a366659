using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeSelectorRequirement
{
    [Proto(1), Required]
    public string Key { get; init => field = value ?? ""; } = "";

    [Proto(2), Required, OneOf("DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn")]
    public string Operator { get; init => field = value ?? ""; } = "";

    [Proto(3), Atomic]
    public IReadOnlyList<string> Values { get; init => field = value ?? []; } = [];
}
