using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A container that does not run yet.</summary>
public sealed record ContainerStateWaiting
{
    /// <summary>Details, for people.</summary>
    [Proto(2)]
    public string? Message { get; init; }

    /// <summary>CamelCase word for what it waits for, such as <c>ContainerCreating</c> or <c>CrashLoopBackOff</c>.</summary>
    [Proto(1)]
    public string? Reason { get; init; }
}
