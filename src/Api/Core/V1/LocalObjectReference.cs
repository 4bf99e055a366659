using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record LocalObjectReference
{
    [Proto(1)]
    public string? Name { get; init; }
}
