using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: where dynamic kubelet configuration came from; kept so that old objects decode.</summary>
public sealed record NodeConfigSource
{
    /// <summary>Config map with the configuration.</summary>
    [Proto(2)]
    public ConfigMapNodeConfigSource? ConfigMap { get; init; }
}
