using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>How often a repeated event was seen.</summary>
public sealed record EventSeries
{
    /// <summary>How many times, up to LastObservedTime.</summary>
    [Proto(1)]
    public int? Count { get; init; }

    /// <summary>When it was seen last, in microseconds.</summary>
    [Proto(2), JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? LastObservedTime { get; init; }
}
