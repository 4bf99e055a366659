using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record TypedObjectReference
{
    [Proto(1), ZeroCounts]
    public string? ApiGroup { get; init; }

    [Proto(2), Required]
    public string Kind { get; init => field = value ?? ""; } = "";

    [Proto(3), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(4), ZeroCounts]
    public string? Namespace { get; init; }
}
