using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record Preconditions
{
    [Proto(2), ZeroCounts]
    public string? ResourceVersion { get; init; }

    [Proto(1), ZeroCounts]
    public string? Uid { get; init; }
}
