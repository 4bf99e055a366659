using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>Something that happened to an object, told to people; expires by itself.</summary>
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

    /// <summary>What was done or failed, as a CamelCase verb.</summary>
    [Proto(12)]
    public string? Action { get; init; }

    /// <summary>How many times it happened, in the old form of events.</summary>
    [Proto(8)]
    public int? Count { get; init; }

    /// <summary>When it was seen first, in microseconds; the new form of events.</summary>
    [Proto(10), JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>When it was seen first; the old form of events.</summary>
    [Proto(6), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? FirstTimestamp { get; init; }

    /// <summary>Object that it happened to; lies in the event's namespace.</summary>
    [Proto(2), Required]
    public ObjectReference InvolvedObject { get; init => field = value ?? new(); } = new();

    /// <summary>When it was seen last; the old form of events.</summary>
    [Proto(7), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? LastTimestamp { get; init; }

    /// <summary>What happened, for people.</summary>
    [Proto(4)]
    public string? Message { get; init; }

    /// <summary>Name, namespace, labels and bookkeeping.</summary>
    [Proto(1), Required]
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>Why it happened, as a CamelCase word such as <c>FailedScheduling</c>.</summary>
    [Proto(3)]
    public string? Reason { get; init; }

    /// <summary>A second object that takes part, if any.</summary>
    [Proto(13)]
    public ObjectReference? Related { get; init; }

    /// <summary>Component that reports it, such as <c>kubelet</c>; the new form of Source.</summary>
    [Proto(14)]
    public string? ReportingComponent { get; init; }

    /// <summary>Which instance of the component, such as a host name.</summary>
    [Proto(15)]
    public string? ReportingInstance { get; init; }

    /// <summary>Count and last time, if it goes on; the new form of events.</summary>
    [Proto(11)]
    public EventSeries? Series { get; init; }

    /// <summary>Component that reports it; the old form.</summary>
    [Proto(5)]
    public EventSource? Source { get; init; }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    [Proto(9)]
    public string? Type { get; init; }
}
