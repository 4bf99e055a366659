using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.Scheduling;

/// <summary>Chooses the least loaded of the nodes that can take a pod.</summary>
internal static class SchedulingPlanner
{
    /// <summary>The plan for one pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="nodes">Every node that is known, with its load.</param>
    public static SchedulingPlan Plan(Pod pod, IReadOnlyCollection<NodeLoad> nodes)
    {
        if (nodes.Count == 0) return new SchedulingPlan.Unschedulable("no nodes available to schedule pods");
        var refusals = nodes.Select(load => (Load: load, Reasons: NodeFilter.Reasons(pod, load))).ToList();
        var best = refusals.Where(r => r.Reasons.Count == 0).Select(r => r.Load)
            .OrderByDescending(load => Wish(pod, load)).ThenBy(load => LoadWith(pod, load)).ThenBy(load => load.PodCount)
            .ThenBy(load => load.Node!.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best is null ? new SchedulingPlan.Unschedulable(Message(nodes.Count, refusals.SelectMany(r => r.Reasons))) : new SchedulingPlan.Bind(best.Node!.Name);
    }

    private static string Message(int nodes, IEnumerable<string> reasons) =>
        $"0/{nodes} nodes are available: {string.Join(", ", reasons.CountBy(r => r).Select(r => $"{r.Value} {r.Key}").Order(StringComparer.Ordinal))}.";

    /// <summary>What the pod would rather have: the weights of its preferred terms, and each soft taint that it does not bear against it.</summary>
    private static int Wish(Pod pod, NodeLoad load)
    {
        var spec = pod.Spec ?? new PodSpec();
        var softTaints = load.Node!.Taints.Count(t => t.Effect == "PreferNoSchedule" && !spec.Tolerations.Cover(t));
        return NodeAffinityRules.Preference(spec, load.Node!) - (100 * softTaints);
    }

    /// <summary>The share of CPU and memory in use with the pod on the node, between 0 and 1 in steps of a thousandth.</summary>
    private static int LoadWith(Pod pod, NodeLoad load)
    {
        var weight = PodRequests.ForScore(pod);
        var allocatable = Resources.Of(load.Node!.Status?.Allocatable ?? new Dictionary<string, Api.Values.Quantity>());
        return (Share(Resources.Cpu) + Share(Resources.Memory)) / 2;

        int Share(string name) => allocatable[name] <= 0 ? 1000
            : (int)Math.Min(1000, (load.Weighed[name] + weight[name]) * 1000 / allocatable[name]);
    }
}
