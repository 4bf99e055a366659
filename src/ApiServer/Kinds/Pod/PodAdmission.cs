using MiniK8s.Api.Core.V1;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>What the admission plugins of Kubernetes that are on by default add to a new Pod.</summary>
internal static class PodAdmission
{
    private const long PatienceSeconds = 300;
    private static readonly string[] NodeTroubles = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    /// <summary>Priority, and five minutes of patience with a node in trouble (DefaultTolerationSeconds).</summary>
    public static PodSpec Complete(PodSpec spec)
    {
        var missing = NodeTroubles.Where(trouble => !spec.Tolerations.Any(toleration => Tolerates(toleration, trouble)))
            .Select(trouble => new Toleration { Key = trouble, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = PatienceSeconds });
        return spec with
        {
            Tolerations = [.. spec.Tolerations, .. missing],
            Priority = spec.Priority ?? PriorityOf(spec.PriorityClassName),
            PreemptionPolicy = spec.PreemptionPolicy ?? "PreemptLowerPriority",
        };
    }

    /// <summary>A pod with scheduling gates says so from the start.</summary>
    public static IReadOnlyList<PodCondition> Gates(PodSpec spec) => spec.SchedulingGates.Count == 0 ? [] :
    [
        new() { Type = "PodScheduled", Status = "False", Reason = "SchedulingGated", Message = "Scheduling is blocked due to non-empty scheduling gates" },
    ];

    private static bool Tolerates(Toleration toleration, string taint) =>
        (toleration.Key == taint || string.IsNullOrEmpty(toleration.Key)) && toleration.Effect is null or "" or "NoExecute";

    /// <summary>The two classes that every cluster has.</summary>
    private static int PriorityOf(string? priorityClass) => priorityClass switch
    {
        "system-cluster-critical" => 2_000_000_000,
        "system-node-critical" => 2_000_001_000,
        _ => 0,
    };
}
