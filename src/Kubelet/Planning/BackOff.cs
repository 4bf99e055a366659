using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Planning;

/// <summary>How long to wait before the next try: 10 s, doubled each time, at most 5 min (kubelet's MaxContainerBackOff).</summary>
internal static class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(5);

    // A container that ran this long is healthy again: its next restart is like the first.
    private static readonly TimeSpan Healthy = TimeSpan.FromMinutes(10);

    /// <summary>The wait after <paramref name="failures"/> failures in a row: none after none, 10 s after one.</summary>
    public static TimeSpan Delay(int failures) =>
        failures <= 0 ? TimeSpan.Zero : failures > 6 ? Most : TimeSpan.FromTicks(Math.Min(Most.Ticks, First.Ticks << (failures - 1)));

    /// <summary>When an ended container may start again. The first restart does not wait.</summary>
    public static DateTimeOffset RestartAt(ObservedContainer ended) => FinishedAt(ended) + Delay(CrashesBefore(ended));

    /// <summary>What <see cref="ObservedContainer.Crashes"/> is for the run that follows this one.</summary>
    public static int CrashesAfter(ObservedContainer ended) => CrashesBefore(ended) + 1;

    /// <summary>Whether the pod's restart policy asks for another run.</summary>
    public static bool Restarts(Pod pod, ObservedContainer ended) => pod.Spec?.RestartPolicy switch
    {
        "Never" => false,
        "OnFailure" => ended.ExitCode != 0,
        _ => true,
    };

    private static DateTimeOffset FinishedAt(ObservedContainer ended) => ended.FinishedAt ?? DateTimeOffset.MinValue;

    private static int CrashesBefore(ObservedContainer ended) =>
        ended.StartedAt is { } started && FinishedAt(ended) - started >= Healthy ? 0 : ended.Crashes;
}
