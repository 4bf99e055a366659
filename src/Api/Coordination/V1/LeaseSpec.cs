using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Coordination.V1;

public sealed record LeaseSpec
{
    [Proto(3), JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? AcquireTime { get; init; }

    [Proto(1), ZeroCounts]
    public string? HolderIdentity { get; init; }

    [Proto(2), ZeroCounts]
    public int? LeaseDurationSeconds { get; init; }

    [Proto(5), ZeroCounts]
    public int? LeaseTransitions { get; init; }

    [Proto(7), ZeroCounts]
    public string? PreferredHolder { get; init; }

    [Proto(4), JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? RenewTime { get; init; }

    [Proto(6), ZeroCounts]
    public string? Strategy { get; init; }
}
