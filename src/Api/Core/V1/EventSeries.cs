using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record EventSeries
{
    [Proto(1)]
    public int? Count { get; init; }

    [Proto(2), JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? LastObservedTime { get; init; }
}
