using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Users, groups and rights of all containers of a pod; what a container says itself wins.</summary>
public sealed record PodSecurityContext
{
    /// <summary>AppArmor profile of the containers.</summary>
    [Proto(11)]
    public AppArmorProfile? AppArmorProfile { get; init; }

    /// <summary>Group id that owns the volumes which support it, and that every process has.</summary>
    [Proto(5), ZeroCounts]
    public long? FsGroup { get; init; }

    /// <summary>When the volume's owner is set: <c>Always</c> (the default) or <c>OnRootMismatch</c> (only if the root directory differs).</summary>
    [Proto(9), ZeroCounts, OneOf("Always", "OnRootMismatch")]
    public string? FsGroupChangePolicy { get; init; }

    /// <summary>Group id of the processes; the image's unless given.</summary>
    [Proto(6), ZeroCounts]
    public long? RunAsGroup { get; init; }

    /// <summary>Whether a container that would run as user 0 is refused.</summary>
    [Proto(3), ZeroCounts]
    public bool? RunAsNonRoot { get; init; }

    /// <summary>User id of the processes; the image's unless given.</summary>
    [Proto(2), ZeroCounts]
    public long? RunAsUser { get; init; }

    /// <summary>How SELinux labels get onto volumes: <c>MountOption</c> or <c>Recursive</c>.</summary>
    [Proto(13), ZeroCounts]
    public string? SeLinuxChangePolicy { get; init; }

    /// <summary>SELinux context of the containers.</summary>
    [Proto(1)]
    public SELinuxOptions? SeLinuxOptions { get; init; }

    /// <summary>Seccomp profile of the containers.</summary>
    [Proto(10)]
    public SeccompProfile? SeccompProfile { get; init; }

    /// <summary>Further group ids of the processes.</summary>
    [Proto(4), Atomic]
    public IReadOnlyList<long> SupplementalGroups { get; init => field = value ?? []; } = [];

    /// <summary><c>Merge</c> (the default) adds the groups that the image lists for the user; <c>Strict</c> leaves them out.</summary>
    [Proto(12), ZeroCounts, OneOf("Merge", "Strict")]
    public string? SupplementalGroupsPolicy { get; init; }

    /// <summary>Kernel settings of the pod's namespaces.</summary>
    [Proto(7), Atomic]
    public IReadOnlyList<Sysctl> Sysctls { get; init => field = value ?? []; } = [];

    /// <summary>Settings for Windows containers.</summary>
    [Proto(8)]
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }
}
