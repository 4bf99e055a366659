using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A claim on devices that a pod's containers may refer to; exactly one source is given.</summary>
public sealed record PodResourceClaim
{
    /// <summary>Name by which containers refer to it; a DNS label.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Claim that exists already in the namespace.</summary>
    [Proto(3), ZeroCounts]
    public string? ResourceClaimName { get; init; }

    /// <summary>Template from which a claim is made for this pod alone.</summary>
    [Proto(4), ZeroCounts]
    public string? ResourceClaimTemplateName { get; init; }
}
