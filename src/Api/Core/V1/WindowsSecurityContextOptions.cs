using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Settings for Windows containers.</summary>
public sealed record WindowsSecurityContextOptions
{
    /// <summary>Text of the group-managed account's credential spec.</summary>
    [Proto(2), ZeroCounts]
    public string? GmsaCredentialSpec { get; init; }

    /// <summary>Name of the credential spec to use.</summary>
    [Proto(1), ZeroCounts]
    public string? GmsaCredentialSpecName { get; init; }

    /// <summary>Whether it runs as a process of the host; the same for all containers of a pod.</summary>
    [Proto(4), ZeroCounts]
    public bool? HostProcess { get; init; }

    /// <summary>User name of the process; the image's unless given.</summary>
    [Proto(3), ZeroCounts]
    public string? RunAsUserName { get; init; }
}
