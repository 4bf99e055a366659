using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record LinuxContainerUser
{
    [Proto(2), Required]
    public long Gid { get; init; }

    [Proto(3), Atomic]
    public IReadOnlyList<long> SupplementalGroups { get; init => field = value ?? []; } = [];

    [Proto(1), Required]
    public long Uid { get; init; }
}
