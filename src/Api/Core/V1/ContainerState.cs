using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Where a container stands: exactly one of the three is given, waiting if none.</summary>
public sealed record ContainerState
{
    /// <summary>Set while it runs.</summary>
    [Proto(2)]
    public ContainerStateRunning? Running { get; init; }

    /// <summary>Set once it has ended.</summary>
    [Proto(3)]
    public ContainerStateTerminated? Terminated { get; init; }

    /// <summary>Set while it cannot start yet, or is about to be restarted.</summary>
    [Proto(1)]
    public ContainerStateWaiting? Waiting { get; init; }
}
