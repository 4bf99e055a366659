using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PodResourceClaimStatus
{
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(2), ZeroCounts]
    public string? ResourceClaimName { get; init; }
}
