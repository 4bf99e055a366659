using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Persistent volume, by its claim.</summary>
public sealed record PersistentVolumeClaimVolumeSource
{
    /// <summary>Name of the claim, in the pod's namespace.</summary>
    [Proto(1), Required]
    public string ClaimName { get; init => field = value ?? ""; } = "";

    /// <summary>Whether all mounts are read-only; false unless given.</summary>
    [Proto(2)]
    public bool? ReadOnly { get; init; }
}
