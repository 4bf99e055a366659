using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Which AppArmor profile confines a container.</summary>
public sealed record AppArmorProfile
{
    /// <summary>Name of a profile loaded on the node; only for type Localhost.</summary>
    [Proto(2), ZeroCounts]
    public string? LocalhostProfile { get; init; }

    /// <summary><c>Localhost</c>, <c>RuntimeDefault</c> or <c>Unconfined</c>.</summary>
    [Proto(1), Required, OneOf("Localhost", "RuntimeDefault", "Unconfined")]
    public string Type { get; init => field = value ?? ""; } = "";
}
