using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record ListMeta
{
    [Proto(3)]
    public string? Continue { get; init; }

    [Proto(4), ZeroCounts]
    public long? RemainingItemCount { get; init; }

    [Proto(2)]
    public string? ResourceVersion { get; init; }

    [Proto(1)]
    public string? SelfLink { get; init; }
}
