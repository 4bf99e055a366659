using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ContainerUser
{
    [Proto(1)]
    public LinuxContainerUser? Linux { get; init; }
}
