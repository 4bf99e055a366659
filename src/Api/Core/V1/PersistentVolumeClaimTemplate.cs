using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

public sealed record PersistentVolumeClaimTemplate
{
    [Proto(1)]
    public ObjectMeta? Metadata { get; init; }

    [Proto(2), Required]
    public PersistentVolumeClaimSpec Spec { get; init => field = value ?? new(); } = new();
}
