using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>One key of a secret.</summary>
public sealed record SecretKeySelector
{
    /// <summary>The key.</summary>
    [Proto(2), Required]
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the secret, in the pod's namespace.</summary>
    [Proto(1, 1)]
    public string? Name { get; init; }

    /// <summary>Whether the secret or key may be missing; false unless given.</summary>
    [Proto(3), ZeroCounts]
    public bool? Optional { get; init; }
}
