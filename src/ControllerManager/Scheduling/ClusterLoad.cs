using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.Scheduling;

/// <summary>
/// The load of every node as the caches show it, and the pods that were just bound and that the caches do not show on their node
/// yet ("assumed"), so that a burst of pods spreads. Thread-safe.
/// </summary>
internal sealed class ClusterLoad
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, NodeLoad> nodes = [];
    private readonly Dictionary<ObjectKey, string> placed = [];

    /// <summary>Takes a change of a node in.</summary>
    public void Observe(CacheChange<Node> change)
    {
        lock (gate)
        {
            LoadOf(change.Key.Name).Node = change.Current;
            DropIfEmpty(change.Key.Name);
        }
    }

    /// <summary>Takes a change of a pod in. A pod that ended, or is gone, leaves its node.</summary>
    public void Observe(CacheChange<Pod> change)
    {
        lock (gate)
        {
            // Not bound yet in the cache: what was assumed for the pod stays, unless it is another pod of the same name.
            if (change.Current is { IsFinished: false, NodeName.Length: 0 } pending && pending.Metadata.Uid == change.Previous?.Metadata.Uid) return;
            Leave(change.Key);
            if (change.Current is { IsFinished: false, NodeName.Length: > 0 } pod) Enter(pod, pod.NodeName);
        }
    }

    /// <summary>Decides about the pod and counts it in where it goes, in one step.</summary>
    public SchedulingPlan PlanAndAssume(Pod pod)
    {
        lock (gate)
        {
            var plan = SchedulingPlanner.Plan(pod, [.. nodes.Values.Where(load => load.Node is not null)]);
            if (plan is SchedulingPlan.Bind bind)
            {
                Leave(ObjectKey.Of(pod));
                Enter(pod, bind.NodeName);
            }

            return plan;
        }
    }

    /// <summary>Takes back an assumption: the pod was not bound.</summary>
    public void Forget(ObjectKey pod)
    {
        lock (gate) Leave(pod);
    }

    /// <summary>Whether the pod was bound by this process, or is on a node in the cache.</summary>
    public bool IsPlaced(ObjectKey pod)
    {
        lock (gate) return placed.ContainsKey(pod);
    }

    private NodeLoad LoadOf(string name)
    {
        if (!nodes.TryGetValue(name, out var load)) nodes[name] = load = new NodeLoad(null);
        return load;
    }

    private void Enter(Pod pod, string nodeName)
    {
        placed[ObjectKey.Of(pod)] = nodeName;
        LoadOf(nodeName).Add(pod);
    }

    private void Leave(ObjectKey pod)
    {
        if (!placed.Remove(pod, out var nodeName)) return;
        LoadOf(nodeName).Remove(pod);
        DropIfEmpty(nodeName);
    }

    private void DropIfEmpty(string nodeName)
    {
        if (LoadOf(nodeName) is { Node: null, PodCount: 0 }) nodes.Remove(nodeName);
    }
}
