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
    public static NodeStatus Status(NodeStatus? before, KubeletOptions options, NodeFacts facts, DateTimeOffset now)
    {
        var (version, info) = (facts.Version, facts.Info);
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
            Conditions = new NodeConditions(before?.Conditions ?? [], now).Healthy(facts.Pressure),
        };
    }

    /// <summary>The status of a node whose engine does not answer: all as it was, and not ready.</summary>
    public static NodeStatus NotReady(NodeStatus? before, string trouble, NodePressure pressure, DateTimeOffset now) =>
        (before ?? new NodeStatus()) with { Conditions = new NodeConditions(before?.Conditions ?? [], now).Unhealthy(pressure, trouble) };
}

/// <summary>What a node's status is made of.</summary>
internal sealed record NodeFacts(EngineVersion Version, EngineInfo Info, NodePressure Pressure);
