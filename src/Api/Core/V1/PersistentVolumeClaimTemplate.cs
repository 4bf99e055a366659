using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>Template of a claim made for one pod.</summary>
public sealed record PersistentVolumeClaimTemplate
{
    /// <summary>Labels and annotations of the claim; no name.</summary>
    [Proto(1)]
    public ObjectMeta? Metadata { get; init; }

    /// <summary>What the claim asks for.</summary>
    [Proto(2), Required]
    public PersistentVolumeClaimSpec Spec { get; init => field = value ?? new(); } = new();
}
