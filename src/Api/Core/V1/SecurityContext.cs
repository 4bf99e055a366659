using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record SecurityContext
{
    [Proto(7), ZeroCounts]
    public bool? AllowPrivilegeEscalation { get; init; }

    [Proto(12)]
    public AppArmorProfile? AppArmorProfile { get; init; }

    [Proto(1)]
    public Capabilities? Capabilities { get; init; }

    [Proto(2), ZeroCounts]
    public bool? Privileged { get; init; }

    [Proto(9), ZeroCounts, OneOf("Default", "Unmasked")]
    public string? ProcMount { get; init; }

    [Proto(6), ZeroCounts]
    public bool? ReadOnlyRootFilesystem { get; init; }

    [Proto(8), ZeroCounts]
    public long? RunAsGroup { get; init; }

    [Proto(5), ZeroCounts]
    public bool? RunAsNonRoot { get; init; }

    [Proto(4), ZeroCounts]
    public long? RunAsUser { get; init; }

    [Proto(3)]
    public SELinuxOptions? SeLinuxOptions { get; init; }

    [Proto(11)]
    public SeccompProfile? SeccompProfile { get; init; }

    [Proto(10)]
    public WindowsSecurityContextOptions? WindowsOptions { get; init; }
}
