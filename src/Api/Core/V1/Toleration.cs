using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record Toleration
{
    [Proto(4), OneOf("NoExecute", "NoSchedule", "PreferNoSchedule")]
    public string? Effect { get; init; }

    [Proto(1)]
    public string? Key { get; init; }

    [Proto(2), OneOf("Equal", "Exists")]
    public string? Operator { get; init; }

    [Proto(5), ZeroCounts]
    public long? TolerationSeconds { get; init; }

    [Proto(3)]
    public string? Value { get; init; }
}
