using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.Scheduling;

/// <summary>Why a node cannot take a pod, in the words that kube-scheduler uses.</summary>
internal static class NodeFilter
{
    /// <summary>The reasons; empty for a node that can take the pod. As in Kubernetes the first kind of reason speaks alone.</summary>
    public static IReadOnlyList<string> Reasons(Pod pod, NodeLoad load)
    {
        var (spec, node) = (pod.Spec ?? new PodSpec(), load.Node!);
        if (node.Spec?.Unschedulable == true && !spec.Tolerations.Cover(Unschedulable)) return ["node(s) were unschedulable"];
        if (BlockingTaints(node).FirstOrDefault(taint => !spec.Tolerations.Cover(taint)) is { } taint)
        {
            return [$"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}"];
        }

        if (!NodeAffinityRules.Allow(spec, node)) return ["node(s) didn't match Pod's node affinity/selector"];
        if (PodRequests.HostPorts(pod).Any(load.IsTaken)) return ["node(s) didn't have free ports for the requested pod ports"];
        return Insufficient(pod, load);
    }

    private static Taint Unschedulable { get; } = new() { Key = WellKnown.UnschedulableTaint, Effect = "NoSchedule" };

    /// <summary>
    /// The taints that keep pods off. A node that is not ready counts as tainted at once, before the node controller has written
    /// the taint.
    /// </summary>
    private static IEnumerable<Taint> BlockingTaints(Node node)
    {
        var taints = node.Taints.Where(t => t.Effect is "NoSchedule" or "NoExecute");
        if (node.IsReady) return taints;
        var key = node.ReadyStatus == "False" || node.Condition("Ready") is null ? WellKnown.NotReadyTaint : WellKnown.UnreachableTaint;
        return taints.Append(new Taint { Key = key, Effect = "NoSchedule" });
    }

    private static List<string> Insufficient(Pod pod, NodeLoad load)
    {
        var allocatable = Resources.Of(load.Node!.Status is { Allocatable.Count: > 0 } status ? status.Allocatable
            : load.Node.Status?.Capacity ?? new Dictionary<string, Api.Values.Quantity>());
        var reasons = new List<string>();
        if (allocatable.Names.Contains(Resources.Pods) && load.PodCount + 1 > allocatable[Resources.Pods]) reasons.Add("Too many pods");
        var requests = PodRequests.Of(pod);
        foreach (var name in requests.Names.Order(StringComparer.Ordinal))
        {
            if (requests[name] > 0 && requests[name] > allocatable[name] - load.Requested[name]) reasons.Add($"Insufficient {name}");
        }

        return reasons;
    }
}
