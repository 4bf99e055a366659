using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>What to run at the two ends of a container's life.</summary>
public sealed record Lifecycle
{
    /// <summary>Run just after the start; the container is killed if it fails.</summary>
    [Proto(1)]
    public LifecycleHandler? PostStart { get; init; }

    /// <summary>Run before SIGTERM, within the grace period; not run when the container ends by itself.</summary>
    [Proto(2)]
    public LifecycleHandler? PreStop { get; init; }
}
