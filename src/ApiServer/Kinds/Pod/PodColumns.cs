using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>The Table of Pods.</summary>
internal static class PodColumns
{
    public static IReadOnlyList<Column<Pod>> All { get; } =
    [
        CommonColumns.Name<Pod>(),
        CommonColumns.Of<Pod>("Ready", pod => Ready(PodSummary.Of(pod))),
        CommonColumns.Of<Pod>("Status", pod => PodSummary.Of(pod).Reason),
        new("Restarts", "string", "", 0, (pod, now) => Restarts(PodSummary.Of(pod), now)),
        CommonColumns.CreationAge<Pod>(),
        CommonColumns.Of<Pod>("IP", pod => CommonColumns.OrNone(pod.Status?.PodIPs is [var first, ..] ? first.Ip : pod.Status?.PodIP), 1),
        CommonColumns.Of<Pod>("Node", pod => CommonColumns.OrNone(pod.Spec?.NodeName), 1),
        CommonColumns.Of<Pod>("Nominated Node", pod => CommonColumns.OrNone(pod.Status?.NominatedNodeName), 1),
        CommonColumns.Of<Pod>("Readiness Gates", Gates, 1),
    ];

    private static string Ready(PodSummary summary) => $"{summary.ReadyContainers}/{summary.Containers}";

    private static string Restarts(PodSummary summary, DateTimeOffset now) =>
        summary.Restarts > 0 && summary.LastRestart is { } last ? $"{summary.Restarts} ({Age.Of(last, now)} ago)" : $"{summary.Restarts}";

    private static string Gates(Pod pod)
    {
        var gates = pod.Spec?.ReadinessGates ?? [];
        if (gates.Count == 0) return CommonColumns.None;
        var open = gates.Count(gate => pod.Status?.Conditions.FirstOrDefault(condition => condition.Type == gate.ConditionType) is { Status: "True" });
        return $"{open}/{gates.Count}";
    }
}
