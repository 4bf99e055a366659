using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PodResourceClaim
{
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(3)]
    public string? ResourceClaimName { get; init; }

    [Proto(4)]
    public string? ResourceClaimTemplateName { get; init; }
}
