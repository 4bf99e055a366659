namespace MiniK8s.Runtime.Scheduling;

/// <summary>The intervals of a <see cref="BoundedRunner"/>, each from the beginning of one run to the beginning of the next.</summary>
public sealed record BoundedRunnerOptions
{
    /// <summary>For logs, such as <c>sync-rules</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Runs are never closer together.</summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>When a failed run is tried again.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Runs are never further apart.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether a request may run the action on the thread that makes it, up to where the action waits: no other thread is woken for it,
    /// but who asks is held up meanwhile.
    /// </summary>
    public bool RunsWhereRequested { get; init; }
}
