using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.TaintEviction;

/// <summary>Decides which pods of a node its NoExecute taints drive off, and when (pkg/controller/tainteviction).</summary>
internal static class EvictionPlanner
{
    /// <summary>How long a pod that says nothing about it stays on a node that is not ready or not reachable (admission DefaultTolerationSeconds).</summary>
    public static readonly TimeSpan DefaultToleration = TimeSpan.FromSeconds(300);

    /// <summary>The pods to delete now, and how long until the next one is due; null where none will be.</summary>
    /// <param name="taints">The node's taints of effect NoExecute, each with the time from which it counts.</param>
    /// <param name="pods">The pods on the node.</param>
    /// <param name="now">The time.</param>
    public static (IReadOnlyList<Pod> Evict, TimeSpan? Next) Plan(
        IReadOnlyList<(Taint Taint, DateTimeOffset Since)> taints, IEnumerable<Pod> pods, DateTimeOffset now)
    {
        var evict = new List<Pod>();
        TimeSpan? next = null;
        foreach (var pod in pods.Where(p => !p.IsTerminating && !p.IsFinished && !IsMirror(p)))
        {
            if (Deadline(pod, taints) is not { } deadline) continue;
            if (deadline <= now) evict.Add(pod);
            else if (next is null || deadline - now < next) next = deadline - now;
        }

        return (evict, next);
    }

    /// <summary>When the pod must go; null where it may stay for ever.</summary>
    private static DateTimeOffset? Deadline(Pod pod, IReadOnlyList<(Taint Taint, DateTimeOffset Since)> taints)
    {
        DateTimeOffset? earliest = null;
        foreach (var (taint, since) in taints)
        {
            if (Bears(pod, taint) is not { } time) continue;
            if (earliest is null || since + time < earliest) earliest = since + time;
        }

        return earliest;
    }

    /// <summary>How long the pod bears the taint; null for ever.</summary>
    private static TimeSpan? Bears(Pod pod, Taint taint)
    {
        var toleration = pod.Spec?.Tolerations.FirstOrDefault(t => t.Covers(taint));
        if (toleration is not null) return toleration.TolerationSeconds is { } seconds ? TimeSpan.FromSeconds(Math.Max(0, seconds)) : null;
        return taint.Key is WellKnown.NotReadyTaint or WellKnown.UnreachableTaint ? DefaultToleration : TimeSpan.Zero;
    }

    /// <summary>The image of a pod that the kubelet has from a file: deleting it does not stop the pod.</summary>
    private static bool IsMirror(Pod pod) => pod.Metadata.Annotations.ContainsKey("kubernetes.io/config.mirror");
}
