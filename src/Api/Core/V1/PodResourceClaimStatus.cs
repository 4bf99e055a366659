using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Which claim stands for an entry of the pod's claims.</summary>
public sealed record PodResourceClaimStatus
{
    /// <summary>Name of the entry in the pod's spec.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Claim that was made; none if it was not needed.</summary>
    [Proto(2), ZeroCounts]
    public string? ResourceClaimName { get; init; }
}
