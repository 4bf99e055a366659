using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record WindowsSecurityContextOptions
{
    [Proto(2), ZeroCounts]
    public string? GmsaCredentialSpec { get; init; }

    [Proto(1), ZeroCounts]
    public string? GmsaCredentialSpecName { get; init; }

    [Proto(4), ZeroCounts]
    public bool? HostProcess { get; init; }

    [Proto(3), ZeroCounts]
    public string? RunAsUserName { get; init; }
}
