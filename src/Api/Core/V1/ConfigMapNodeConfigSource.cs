using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: config map with kubelet configuration; kept so that old objects decode.</summary>
public sealed record ConfigMapNodeConfigSource
{
    /// <summary>Key of the configuration.</summary>
    [Proto(5), Required]
    public string KubeletConfigKey { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the config map.</summary>
    [Proto(2), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Namespace of the config map.</summary>
    [Proto(1), Required]
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Version of the config map that is in use.</summary>
    [Proto(4)]
    public string? ResourceVersion { get; init; }

    /// <summary>Id of the config map that is in use.</summary>
    [Proto(3)]
    public string? Uid { get; init; }
}
