using System.Globalization;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Values;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Nodes;

/// <summary>Describes the node to the API. Pure.</summary>
internal static class NodeBuilder
{
    private const string KubeletVersion = "v1.32.0+minik8s";
    private const int MostPods = 110;

    /// <summary>The object that a kubelet registers; its status follows by <see cref="Status"/>.</summary>
    public static Node Build(KubeletOptions options, EngineVersion version) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = options.NodeName,
            Labels = new Dictionary<string, string>
            {
                ["kubernetes.io/hostname"] = options.NodeName,
                ["kubernetes.io/os"] = version.OperatingSystem,
                ["kubernetes.io/arch"] = version.Architecture,
            },
        },
        Spec = new NodeSpec(),
    };

    /// <summary>The status of the node now. Times of transition stay where a condition has not changed.</summary>
    public static NodeStatus Status(NodeStatus? before, KubeletOptions options, EngineVersion version, EngineInfo info, DateTimeOffset now)
    {
        var capacity = new Dictionary<string, Quantity>
        {
            ["cpu"] = new(info.Processors.ToString(CultureInfo.InvariantCulture)),
            ["memory"] = new($"{info.MemoryBytes / 1024}Ki"),
            ["pods"] = new(MostPods.ToString(CultureInfo.InvariantCulture)),
        };
        return (before ?? new NodeStatus()) with
        {
            Capacity = capacity,
            Allocatable = capacity,
            Addresses = [new NodeAddress { Type = "InternalIP", Address = options.NodeAddress }, new NodeAddress { Type = "Hostname", Address = options.NodeName }],
            NodeInfo = new NodeSystemInfo
            {
                KernelVersion = version.KernelVersion,
                OsImage = info.OperatingSystemName,
                ContainerRuntimeVersion = $"docker://{version.Version}",
                KubeletVersion = KubeletVersion,
                OperatingSystem = version.OperatingSystem,
                Architecture = version.Architecture,
            },
            Conditions = Conditions(before?.Conditions ?? [], null, now),
        };
    }

    /// <summary>The status of a node whose engine does not answer: all as it was, and not ready.</summary>
    public static NodeStatus NotReady(NodeStatus? before, string trouble, DateTimeOffset now)
    {
        var status = before ?? new NodeStatus();
        return status with { Conditions = Conditions(status.Conditions, trouble, now) };
    }

    private static IReadOnlyList<NodeCondition> Conditions(IReadOnlyList<NodeCondition> before, string? trouble, DateTimeOffset now)
    {
        return
        [
            One("MemoryPressure", false, "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            One("DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            One("PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
            trouble is null
                ? One("Ready", true, "KubeletReady", "kubelet is posting ready status")
                : One("Ready", false, "KubeletNotReady", trouble),
        ];

        NodeCondition One(string type, bool isTrue, string reason, string message)
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
}
