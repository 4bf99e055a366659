using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A config map or secret all of whose keys become variables.</summary>
public sealed record EnvFromSource
{
    /// <summary>The config map.</summary>
    [Proto(2)]
    public ConfigMapEnvSource? ConfigMapRef { get; init; }

    /// <summary>Text put before each key.</summary>
    [Proto(1)]
    public string? Prefix { get; init; }

    /// <summary>The secret.</summary>
    [Proto(3)]
    public SecretEnvSource? SecretRef { get; init; }
}
