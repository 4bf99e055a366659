using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>The Table of Events. Ages come from the series where there is one, else from the old timestamps, else from eventTime.</summary>
internal static class EventColumns
{
    public static IReadOnlyList<Column<Event>> All { get; } =
    [
        new("Last Seen", "string", "", 0, (value, now) => Age.Of(value.Series is { } series ? series.LastObservedTime : value.LastTimestamp ?? First(value), now)),
        CommonColumns.Of<Event>("Type", value => value.Type ?? ""),
        CommonColumns.Of<Event>("Reason", value => value.Reason ?? ""),
        CommonColumns.Of<Event>("Object", Target),
        CommonColumns.Of<Event>("Subobject", value => value.InvolvedObject.FieldPath ?? "", 1),
        CommonColumns.Of<Event>("Source", Source, 1),
        CommonColumns.Of<Event>("Message", value => (value.Message ?? "").Trim()),
        new("First Seen", "string", "", 1, (value, now) => Age.Of(First(value), now)),
        CommonColumns.Of<Event>("Count", value => (long)(value.Series?.Count ?? (value.Count is > 0 and var count ? count : 1)), 1),
        CommonColumns.Name<Event>(1),
    ];

    private static DateTimeOffset? First(Event value) => value.FirstTimestamp ?? value.EventTime;

    private static string Target(Event value)
    {
        var kind = (value.InvolvedObject.Kind ?? "").ToLowerInvariant();
        return string.IsNullOrEmpty(value.InvolvedObject.Name) ? kind : $"{kind}/{value.InvolvedObject.Name}";
    }

    private static string Source(Event value)
    {
        var component = value.Source?.Component is { Length: > 0 } old ? old : value.ReportingComponent ?? "";
        var host = value.Source?.Host is { Length: > 0 } node ? node : value.ReportingInstance ?? "";
        return host.Length == 0 ? component : $"{component}, {host}";
    }
}
