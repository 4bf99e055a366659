using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PersistentVolumeClaimVolumeSource
{
    [Proto(1), Required]
    public string ClaimName { get; init => field = value ?? ""; } = "";

    [Proto(2)]
    public bool? ReadOnly { get; init; }
}
