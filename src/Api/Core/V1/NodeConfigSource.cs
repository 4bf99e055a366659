using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeConfigSource
{
    [Proto(2)]
    public ConfigMapNodeConfigSource? ConfigMap { get; init; }
}
