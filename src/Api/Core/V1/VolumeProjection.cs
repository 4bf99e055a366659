using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>One source of a projected volume; exactly one is given.</summary>
public sealed record VolumeProjection
{
    /// <summary>Trusted certificates.</summary>
    [Proto(5)]
    public ClusterTrustBundleProjection? ClusterTrustBundle { get; init; }

    /// <summary>Keys of a config map.</summary>
    [Proto(3)]
    public ConfigMapProjection? ConfigMap { get; init; }

    /// <summary>Fields of the pod.</summary>
    [Proto(2)]
    public DownwardAPIProjection? DownwardAPI { get; init; }

    /// <summary>Keys of a secret.</summary>
    [Proto(1)]
    public SecretProjection? Secret { get; init; }

    /// <summary>Token of the pod's service account.</summary>
    [Proto(4)]
    public ServiceAccountTokenProjection? ServiceAccountToken { get; init; }
}
