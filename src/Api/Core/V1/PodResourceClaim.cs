using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PodResourceClaim
{
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(3), ZeroCounts]
    public string? ResourceClaimName { get; init; }

    [Proto(4), ZeroCounts]
    public string? ResourceClaimTemplateName { get; init; }
}
