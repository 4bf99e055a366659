using MiniK8s.Api;
using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.Scheduling;

/// <summary>A node and what the pods on it take. Mutable; whoever owns it guards it.</summary>
internal sealed class NodeLoad(Node? node)
{
    private readonly Dictionary<ObjectKey, PodShare> pods = [];

    /// <summary>The node; null while only its pods are known.</summary>
    public Node? Node { get; set; } = node;

    /// <summary>What the pods asked for.</summary>
    public Resources Requested { get; } = new();

    /// <summary>What the pods count as when nodes are compared.</summary>
    public Resources Weighed { get; } = new();

    /// <summary>How many pods there are.</summary>
    public int PodCount => pods.Count;

    /// <summary>Whether one of the pods has the port, or one that excludes it.</summary>
    public bool IsTaken(HostPort port) => pods.Values.Any(pod => pod.Ports.Any(port.Conflicts));

    /// <summary>Counts the pod in; again in its new shape where it was in already.</summary>
    public void Add(Pod pod)
    {
        Remove(ObjectKey.Of(pod));
        var share = new PodShare(PodRequests.Of(pod), PodRequests.ForScore(pod), [.. PodRequests.HostPorts(pod)]);
        pods[ObjectKey.Of(pod)] = share;
        Requested.Add(share.Requests);
        Weighed.Add(share.Weight);
    }

    /// <summary>Counts the pod out; nothing happens for one that is not in.</summary>
    public void Remove(ObjectKey pod)
    {
        if (!pods.Remove(pod, out var share)) return;
        Requested.Add(share.Requests, -1);
        Weighed.Add(share.Weight, -1);
    }

    private sealed record PodShare(Resources Requests, Resources Weight, IReadOnlyList<HostPort> Ports);
}
