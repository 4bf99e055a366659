using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.Facts;

/// <summary>What a node's status says, in one word each.</summary>
internal static class NodeFacts
{
    extension(Node node)
    {
        /// <summary>The name.</summary>
        public string Name => node.Metadata.Name ?? "";

        /// <summary>The condition of a type; null where the node has none.</summary>
        public NodeCondition? Condition(string type) => node.Status?.Conditions.FirstOrDefault(c => c.Type == type);

        /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>; Unknown too before the kubelet said anything.</summary>
        public string ReadyStatus => node.Condition("Ready")?.Status is { Length: > 0 } status ? status : "Unknown";

        /// <summary>The kubelet says that the node runs pods.</summary>
        public bool IsReady => node.ReadyStatus == "True";

        /// <summary>The taints of the spec.</summary>
        public IReadOnlyList<Taint> Taints => node.Spec?.Taints ?? [];

        /// <summary>A reference to the node for events. As in Kubernetes the name stands for the UID, by which kubectl finds the events.</summary>
        public ObjectReference Reference => new() { Kind = Node.Info.Kind, ApiVersion = Node.Info.GroupVersion, Name = node.Name, Uid = node.Name };
    }
}
