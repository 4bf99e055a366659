using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

public sealed record ClusterTrustBundleProjection
{
    [Proto(3)]
    public LabelSelector? LabelSelector { get; init; }

    [Proto(1), ZeroCounts]
    public string? Name { get; init; }

    [Proto(5), ZeroCounts]
    public bool? Optional { get; init; }

    [Proto(4), Required]
    public string Path { get; init => field = value ?? ""; } = "";

    [Proto(2), ZeroCounts]
    public string? SignerName { get; init; }
}
