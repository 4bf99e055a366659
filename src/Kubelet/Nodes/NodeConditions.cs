using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Nodes;

/// <summary>Writes a node's conditions in Kubernetes' words (pkg/kubelet/nodestatus/setters.go). Conditions that others set stay.</summary>
internal sealed class NodeConditions(IReadOnlyList<NodeCondition> before, DateTimeOffset now)
{
    /// <summary>The conditions of a node that can run pods.</summary>
    public IReadOnlyList<NodeCondition> Healthy(NodePressure pressure) =>
        With(pressure, One("Ready", true, "KubeletReady", "kubelet is posting ready status"));

    /// <summary>The conditions of a node that cannot.</summary>
    public IReadOnlyList<NodeCondition> Unhealthy(NodePressure pressure, string trouble) =>
        With(pressure, One("Ready", false, "KubeletNotReady", trouble));

    /// <summary>Whether two lists say the same, the times of the heartbeats aside.</summary>
    public static bool SayTheSame(IReadOnlyList<NodeCondition> one, IReadOnlyList<NodeCondition> other) =>
        one.Select(WithoutHeartbeat).SequenceEqual(other.Select(WithoutHeartbeat));

    private static NodeCondition WithoutHeartbeat(NodeCondition condition) => condition with { LastHeartbeatTime = null };

    private IReadOnlyList<NodeCondition> With(NodePressure pressure, NodeCondition ready)
    {
        NodeCondition[] own =
        [
            pressure.Memory
                ? One("MemoryPressure", true, "KubeletHasInsufficientMemory", "kubelet has insufficient memory available")
                : One("MemoryPressure", false, "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            pressure.Disk
                ? One("DiskPressure", true, "KubeletHasDiskPressure", "kubelet has disk pressure")
                : One("DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            pressure.Processes
                ? One("PIDPressure", true, "KubeletHasInsufficientPID", "kubelet has insufficient PID available")
                : One("PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
            ready,
        ];
        return [.. before.Where(condition => own.All(mine => mine.Type != condition.Type)), .. own];
    }

    private NodeCondition One(string type, bool isTrue, string reason, string message)
    {
        var status = isTrue ? "True" : "False";
        var old = before.FirstOrDefault(condition => condition.Type == type);
        return new NodeCondition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message,
            LastHeartbeatTime = now,
            LastTransitionTime = old?.Status == status ? old.LastTransitionTime : now,
        };
    }
}
