using MiniK8s.Runtime.Queues;

namespace MiniK8s.Runtime.Controllers;

/// <summary>How a <see cref="Controller"/> runs.</summary>
public sealed record ControllerOptions
{
    /// <summary>Such as <c>endpoints</c>; for logs and counters.</summary>
    public required string Name { get; init; }

    /// <summary>How many keys are reconciled at the same time.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Pauses after failures.</summary>
    public WorkQueueOptions Queue { get; init; } = new();
}
