using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>How to delete.</summary>
public sealed record DeleteOptions
{
    /// <summary>API version of the body.</summary>
    public string? ApiVersion { get; init; } = "v1";

    /// <summary><c>All</c> to test without effect; empty to delete.</summary>
    [Proto(5), Atomic]
    public IReadOnlyList<string> DryRun { get; init => field = value ?? []; } = [];

    /// <summary>Seconds until the object goes; 0 at once, the kind's default unless given.</summary>
    [Proto(1), ZeroCounts]
    public long? GracePeriodSeconds { get; init; }

    /// <summary>Whether to delete an object whose stored form cannot be read, without finalizers and checks.</summary>
    [Proto(6), ZeroCounts]
    public bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; init; }

    /// <summary>Always <c>DeleteOptions</c>.</summary>
    public string? Kind { get; init; } = "DeleteOptions";

    /// <summary>Obsolete form of PropagationPolicy; excludes it.</summary>
    [Proto(3), ZeroCounts]
    public bool? OrphanDependents { get; init; }

    /// <summary>What must be true of the object.</summary>
    [Proto(2)]
    public Preconditions? Preconditions { get; init; }

    /// <summary>What becomes of dependents: <c>Background</c>, <c>Foreground</c> (they go first) or <c>Orphan</c> (they stay).</summary>
    [Proto(4), ZeroCounts]
    public string? PropagationPolicy { get; init; }
}
