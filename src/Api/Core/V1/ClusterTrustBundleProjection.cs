using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>Trusted certificates, as one PEM file of a projected volume.</summary>
public sealed record ClusterTrustBundleProjection
{
    /// <summary>Labels of the bundles of SignerName; null matches none.</summary>
    [Proto(3)]
    public LabelSelector? LabelSelector { get; init; }

    /// <summary>Name of one bundle; excludes SignerName.</summary>
    [Proto(1), ZeroCounts]
    public string? Name { get; init; }

    /// <summary>Whether the bundle may be missing; false unless given.</summary>
    [Proto(5), ZeroCounts]
    public bool? Optional { get; init; }

    /// <summary>File in the volume; relative.</summary>
    [Proto(4), Required]
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>Signer whose bundles are put together; excludes Name.</summary>
    [Proto(2), ZeroCounts]
    public string? SignerName { get; init; }
}
