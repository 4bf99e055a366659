using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record Event : IResource<Event>
{
    /// <inheritdoc/>
    public static KindInfo Info { get; } = new("", "v1", "Event", "events", "event", true) { ShortNames = ["ev"] };

    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "Event";

    /// <inheritdoc/>
    public Event WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };

    [Proto(12)]
    public string? Action { get; init; }

    [Proto(8)]
    public int? Count { get; init; }

    [Proto(10), JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? EventTime { get; init; }

    [Proto(6), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? FirstTimestamp { get; init; }

    [Proto(2), Required]
    public ObjectReference InvolvedObject { get; init => field = value ?? new(); } = new();

    [Proto(7), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? LastTimestamp { get; init; }

    [Proto(4)]
    public string? Message { get; init; }

    [Proto(1), Required]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    [Proto(3)]
    public string? Reason { get; init; }

    [Proto(13)]
    public ObjectReference? Related { get; init; }

    [Proto(14)]
    public string? ReportingComponent { get; init; }

    [Proto(15)]
    public string? ReportingInstance { get; init; }

    [Proto(11)]
    public EventSeries? Series { get; init; }

    [Proto(5)]
    public EventSource? Source { get; init; }

    [Proto(9)]
    public string? Type { get; init; }
}
