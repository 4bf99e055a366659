using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ServiceAccountTokenProjection
{
    [Proto(1)]
    public string? Audience { get; init; }

    [Proto(2), ZeroCounts]
    public long? ExpirationSeconds { get; init; }

    [Proto(3), Required]
    public string Path { get; init => field = value ?? ""; } = "";
}
