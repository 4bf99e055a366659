using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ConfigMapProjection
{
    [Proto(2), Atomic]
    public IReadOnlyList<KeyToPath> Items { get; init => field = value ?? []; } = [];

    [Proto(1, 1)]
    public string? Name { get; init; }

    [Proto(4), ZeroCounts]
    public bool? Optional { get; init; }
}
