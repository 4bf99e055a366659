using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>User, group and rights of one container; wins over the pod's.</summary>
public sealed record SecurityContext
{
    /// <summary>Whether a process may gain more rights than its parent; false sets no_new_privs.</summary>
    [Proto(7), ZeroCounts]
    public bool? AllowPrivilegeEscalation { get; init; }

    /// <summary>AppArmor profile; wins over the pod's.</summary>
    [Proto(12)]
    public AppArmorProfile? AppArmorProfile { get; init; }

    /// <summary>Linux capabilities to add and drop.</summary>
    [Proto(1)]
    public Capabilities? Capabilities { get; init; }

    /// <summary>Whether the container has about all rights of root on the node; false unless given.</summary>
    [Proto(2), ZeroCounts]
    public bool? Privileged { get; init; }

    /// <summary>How /proc is mounted: <c>Default</c> masks parts of it, <c>Unmasked</c> none.</summary>
    [Proto(9), ZeroCounts, OneOf("Default", "Unmasked")]
    public string? ProcMount { get; init; }

    /// <summary>Whether the root file system is read-only; false unless given.</summary>
    [Proto(6), ZeroCounts]
    public bool? ReadOnlyRootFilesystem { get; init; }

    /// <summary>Group id of the process; the pod's or the image's unless given.</summary>
    [Proto(8), ZeroCounts]
    public long? RunAsGroup { get; init; }

    /// <summary>Whether the container is refused if it would run as user 0.</summary>
    [Proto(5), ZeroCounts]
    public bool? RunAsNonRoot { get; init; }

    /// <summary>User id of the process; the pod's or the image's unless given.</summary>
    [Proto(4), ZeroCounts]
    public long? RunAsUser { get; init; }

    /// <summary>SELinux context; wins over the pod's.</summary>
    [Proto(3)]
    public SELinuxOptions? SeLinuxOptions { get; init; }

    /// <summary>Seccomp profile; wins over the pod's.</summary>
    [Proto(11)]
    public SeccompProfile? SeccompProfile { get; init; }

    /// <summary>Settings for Windows containers.</summary>
    [Proto(10)]
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }
}
