using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ContainerState
{
    [Proto(2)]
    public ContainerStateRunning? Running { get; init; }

    [Proto(3)]
    public ContainerStateTerminated? Terminated { get; init; }

    [Proto(1)]
    public ContainerStateWaiting? Waiting { get; init; }
}
