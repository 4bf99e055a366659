using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubectl.Describing;

/// <summary>What happened to an object, oldest first.</summary>
internal static class EventTable
{
    /// <summary>Writes the heading and the events.</summary>
    public static void Write(DescriptionText text, IReadOnlyList<Event> events, DateTimeOffset now)
    {
        if (events.Count == 0)
        {
            text.Add("Events", null);
            return;
        }

        text.Heading("Events");
        List<IReadOnlyList<string>> rows = [["Type", "Reason", "Age", "From", "Message"], ["----", "------", "----", "----", "-------"]];
        foreach (var one in events.OrderBy(one => one.LastTimestamp ?? one.EventTime ?? one.Metadata.CreationTimestamp))
        {
            var last = Ages.Of(one.LastTimestamp ?? one.EventTime ?? one.Metadata.CreationTimestamp, now);
            var age = one.Count > 1 ? $"{last} (x{one.Count} over {Ages.Of(one.FirstTimestamp, now)})" : last;
            rows.Add([one.Type ?? "", one.Reason ?? "", age, one.Source?.Component ?? one.ReportingComponent ?? "", (one.Message ?? "").Trim()]);
        }

        text.Table(rows);
    }
}
