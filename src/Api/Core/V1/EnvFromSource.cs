using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record EnvFromSource
{
    [Proto(2)]
    public ConfigMapEnvSource? ConfigMapRef { get; init; }

    [Proto(1)]
    public string? Prefix { get; init; }

    [Proto(3)]
    public SecretEnvSource? SecretRef { get; init; }
}
