using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>User and groups of a process on Linux.</summary>
public sealed record LinuxContainerUser
{
    /// <summary>Primary group id.</summary>
    [Proto(2), Required]
    public long Gid { get; init; }

    /// <summary>Further group ids.</summary>
    [Proto(3), Atomic]
    public IReadOnlyList<long> SupplementalGroups { get; init => field = value ?? []; } = [];

    /// <summary>User id.</summary>
    [Proto(1), Required]
    public long Uid { get; init; }
}
