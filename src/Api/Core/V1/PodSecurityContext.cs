using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PodSecurityContext
{
    [Proto(11)]
    public AppArmorProfile? AppArmorProfile { get; init; }

    [Proto(5), ZeroCounts]
    public long? FsGroup { get; init; }

    [Proto(9), ZeroCounts, OneOf("Always", "OnRootMismatch")]
    public string? FsGroupChangePolicy { get; init; }

    [Proto(6), ZeroCounts]
    public long? RunAsGroup { get; init; }

    [Proto(3), ZeroCounts]
    public bool? RunAsNonRoot { get; init; }

    [Proto(2), ZeroCounts]
    public long? RunAsUser { get; init; }

    [Proto(13), ZeroCounts]
    public string? SeLinuxChangePolicy { get; init; }

    [Proto(1)]
    public SELinuxOptions? SeLinuxOptions { get; init; }

    [Proto(10)]
    public SeccompProfile? SeccompProfile { get; init; }

    [Proto(4), Atomic]
    public IReadOnlyList<long> SupplementalGroups { get; init => field = value ?? []; } = [];

    [Proto(12), ZeroCounts, OneOf("Merge", "Strict")]
    public string? SupplementalGroupsPolicy { get; init; }

    [Proto(7), Atomic]
    public IReadOnlyList<Sysctl> Sysctls { get; init => field = value ?? []; } = [];

    [Proto(8)]
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }
}
