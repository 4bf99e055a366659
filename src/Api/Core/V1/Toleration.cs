using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Which taints a pod puts up with.</summary>
public sealed record Toleration
{
    /// <summary>Effect that is tolerated; all of them unless given.</summary>
    [Proto(4), OneOf("NoExecute", "NoSchedule", "PreferNoSchedule")]
    public string? Effect { get; init; }

    /// <summary>Key of the taint; empty with Exists means every taint.</summary>
    [Proto(1)]
    public string? Key { get; init; }

    /// <summary><c>Equal</c> (the default; the value counts) or <c>Exists</c> (any value).</summary>
    [Proto(2), OneOf("Equal", "Exists")]
    public string? Operator { get; init; }

    /// <summary>Seconds that the pod may stay after a NoExecute taint; for ever unless given, 0 or less not at all.</summary>
    [Proto(5), ZeroCounts]
    public long? TolerationSeconds { get; init; }

    /// <summary>Value of the taint, for Equal.</summary>
    [Proto(3)]
    public string? Value { get; init; }
}
