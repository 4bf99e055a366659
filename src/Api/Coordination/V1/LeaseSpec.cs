using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Coordination.V1;

/// <summary>Holder and term of a lease.</summary>
public sealed record LeaseSpec
{
    /// <summary>When the present holder took it, in microseconds.</summary>
    [Proto(3), JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? AcquireTime { get; init; }

    /// <summary>Who holds it; empty means nobody.</summary>
    [Proto(1), ZeroCounts]
    public string? HolderIdentity { get; init; }

    /// <summary>Seconds after RenewTime at which others may take it.</summary>
    [Proto(2), ZeroCounts]
    public int? LeaseDurationSeconds { get; init; }

    /// <summary>How many times it went from one holder to another.</summary>
    [Proto(5), ZeroCounts]
    public int? LeaseTransitions { get; init; }

    /// <summary>Who should hold it next, under coordinated election; needs Strategy.</summary>
    [Proto(7), ZeroCounts]
    public string? PreferredHolder { get; init; }

    /// <summary>When the holder renewed it last, in microseconds.</summary>
    [Proto(4), JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? RenewTime { get; init; }

    /// <summary>How coordinated election chooses the holder, such as <c>OldestEmulationVersion</c>; none means that candidates race.</summary>
    [Proto(6), ZeroCounts]
    public string? Strategy { get; init; }
}
