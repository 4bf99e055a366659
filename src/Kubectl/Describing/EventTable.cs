using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;

namespace MiniK8s.Kubectl.Describing;

/// <summary>What happened to an object, oldest first.</summary>
internal static class EventTable
{
    /// <summary>Writes the heading and the events.</summary>
    public static void Write(TabText text, IReadOnlyList<Event> events, DateTimeOffset now)
    {
        if (events.Count == 0)
        {
            text.Line(0, "Events:\t<none>");
            return;
        }

        text.EndColumns().Line(0, "Events:").Line(1, "Type\tReason\tAge\tFrom\tMessage").Line(1, "----\t------\t----\t----\t-------");
        foreach (var one in events.OrderBy(one => one.LastTimestamp ?? one.EventTime ?? one.Metadata.CreationTimestamp))
        {
            var from = one.Source?.Component is { Length: > 0 } component ? component : one.ReportingComponent;
            text.Line(1, $"{one.Type}\t{one.Reason}\t{When(one, now)}\t{from}\t{one.Message?.Trim()}");
        }
    }

    private static string When(Event one, DateTimeOffset now)
    {
        var first = Age.Of(one.EventTime ?? one.FirstTimestamp, now);
        if (one.Series is { } series) return $"{Age.Of(series.LastObservedTime, now)} (x{series.Count} over {first})";
        return one.Count > 1 ? $"{Age.Of(one.LastTimestamp, now)} (x{one.Count} over {first})" : first;
    }
}
