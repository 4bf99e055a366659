using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Another object of the same namespace, of any kind.</summary>
public sealed record TypedLocalObjectReference
{
    /// <summary>API group of the object; empty for the core group.</summary>
    [Proto(1), ZeroCounts]
    public string? ApiGroup { get; init; }

    /// <summary>Kind of the object.</summary>
    [Proto(2), Required]
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the object.</summary>
    [Proto(3), Required]
    public string Name { get; init => field = value ?? ""; } = "";
}
