using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ConfigMapEnvSource
{
    [Proto(1, 1)]
    public string? Name { get; init; }

    [Proto(2), ZeroCounts]
    public bool? Optional { get; init; }
}
