using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record VolumeProjection
{
    [Proto(5)]
    public ClusterTrustBundleProjection? ClusterTrustBundle { get; init; }

    [Proto(3)]
    public ConfigMapProjection? ConfigMap { get; init; }

    [Proto(2)]
    public DownwardAPIProjection? DownwardAPI { get; init; }

    [Proto(1)]
    public SecretProjection? Secret { get; init; }

    [Proto(4)]
    public ServiceAccountTokenProjection? ServiceAccountToken { get; init; }
}
