using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record DeleteOptions
{
    public string? ApiVersion { get; init; } = "v1";

    [Proto(5), Atomic]
    public IReadOnlyList<string> DryRun { get; init => field = value ?? []; } = [];

    [Proto(1), ZeroCounts]
    public long? GracePeriodSeconds { get; init; }

    [Proto(6), ZeroCounts]
    public bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; init; }

    public string? Kind { get; init; } = "DeleteOptions";

    [Proto(3), ZeroCounts]
    public bool? OrphanDependents { get; init; }

    [Proto(2)]
    public Preconditions? Preconditions { get; init; }

    [Proto(4), ZeroCounts]
    public string? PropagationPolicy { get; init; }
}
