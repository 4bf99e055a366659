using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.NodeLifecycle;

/// <summary>Decides from how long a node has been silent what its conditions and taints are (pkg/controller/nodelifecycle).</summary>
internal static class NodeHealthPlanner
{
    // The conditions that only the kubelet can know.
    private static readonly string[] KubeletConditions = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    /// <summary>The plan for one node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="silence">Time since its lease was last renewed or its status last written.</param>
    /// <param name="grace">How long a node may be silent.</param>
    /// <param name="now">The time, for what is written.</param>
    public static NodeHealthPlan Plan(Node node, TimeSpan silence, TimeSpan grace, DateTimeOffset now)
    {
        var silent = silence >= grace;
        var conditions = silent ? Unknown(node, now) : null;
        var judged = conditions is null ? node : node with { Status = (node.Status ?? new NodeStatus()) with { Conditions = conditions } };
        return new NodeHealthPlan
        {
            Conditions = conditions,
            Taints = NodeTaints.Plan(judged, now),
            MarkPodsNotReady = judged.Condition("Ready")?.Status == "Unknown",
            LookAgain = silent ? null : grace - silence,
        };
    }

    /// <summary>The conditions with those of the kubelet turned to Unknown; null where they are.</summary>
    private static List<NodeCondition>? Unknown(Node node, DateTimeOffset now)
    {
        var conditions = (node.Status?.Conditions ?? []).ToList();
        var changed = false;
        foreach (var type in KubeletConditions)
        {
            var index = conditions.FindIndex(c => c.Type == type);
            if (index >= 0 && conditions[index].Status == "Unknown") continue;
            changed = true;
            if (index < 0) conditions.Add(NeverSaid(type, node, now));
            else
            {
                conditions[index] = conditions[index] with
                {
                    Status = "Unknown", Reason = "NodeStatusUnknown", Message = "Kubelet stopped posting node status.", LastTransitionTime = now,
                };
            }
        }

        return changed ? conditions : null;
    }

    private static NodeCondition NeverSaid(string type, Node node, DateTimeOffset now) => new()
    {
        Type = type, Status = "Unknown", Reason = "NodeStatusNeverUpdated", Message = "Kubelet never posted node status.",
        LastHeartbeatTime = node.Metadata.CreationTimestamp, LastTransitionTime = now,
    };
}
