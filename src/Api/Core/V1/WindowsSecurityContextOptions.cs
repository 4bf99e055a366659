using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record WindowsSecurityContextOptions
{
    [Proto(2)]
    public string? GmsaCredentialSpec { get; init; }

    [Proto(1)]
    public string? GmsaCredentialSpecName { get; init; }

    [Proto(4)]
    public bool? HostProcess { get; init; }

    [Proto(3)]
    public string? RunAsUserName { get; init; }
}
