using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubectl.Describing;

/// <summary>A node with the pods on it.</summary>
internal static class NodeDescription
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    /// <summary>Writes the description.</summary>
    public static void Write(DescriptionText text, Node node, IReadOnlyList<Pod> pods, DateTimeOffset now)
    {
        var (spec, status) = (node.Spec ?? new NodeSpec(), node.Status ?? new NodeStatus());
        text.Add("Name", node.Metadata.Name);
        text.Add("Roles", string.Join(',', node.Metadata.Labels.Keys.Where(key => key.StartsWith(RolePrefix, StringComparison.Ordinal)).Select(key => key[RolePrefix.Length..])));
        text.AddMap("Labels", node.Metadata.Labels);
        text.AddMap("Annotations", node.Metadata.Annotations, ": ");
        text.Add("CreationTimestamp", node.Metadata.CreationTimestamp?.UtcDateTime.ToString("R"));
        text.Add("Taints", string.Join(", ", spec.Taints.Select(taint => $"{taint.Key}{(taint.Value is { Length: > 0 } value ? $"={value}" : "")}:{taint.Effect}")));
        text.Add("Unschedulable", spec.Unschedulable == true ? "true" : "false");
        text.Heading("Conditions");
        List<IReadOnlyList<string>> conditions = [["Type", "Status", "Heartbeat", "Transition", "Reason", "Message"]];
        conditions.AddRange(status.Conditions.Select(condition => (IReadOnlyList<string>)
            [condition.Type, condition.Status, Ages.Of(condition.LastHeartbeatTime, now), Ages.Of(condition.LastTransitionTime, now), condition.Reason ?? "", condition.Message ?? ""]));
        text.Table(conditions);
        text.Heading("Addresses");
        foreach (var address in status.Addresses) text.Add(address.Type, address.Address, 1);
        text.Heading("Capacity");
        foreach (var (name, amount) in status.Capacity.OrderBy(pair => pair.Key, StringComparer.Ordinal)) text.Add(name, amount.ToString(), 1);
        text.Heading("Allocatable");
        foreach (var (name, amount) in status.Allocatable.OrderBy(pair => pair.Key, StringComparer.Ordinal)) text.Add(name, amount.ToString(), 1);
        System(text, status.NodeInfo);
        text.Add("PodCIDR", spec.PodCIDR);
        text.Heading($"Non-terminated Pods ({pods.Count} in total)");
        if (pods.Count == 0) return;
        List<IReadOnlyList<string>> rows = [["Namespace", "Name", "Status", "Age"]];
        rows.AddRange(pods.Select(pod => (IReadOnlyList<string>)[pod.Metadata.Namespace ?? "", pod.Metadata.Name ?? "", pod.Status?.Phase ?? "", Ages.Of(pod.Metadata.CreationTimestamp, now)]));
        text.Table(rows);
    }

    private static void System(DescriptionText text, NodeSystemInfo? info)
    {
        if (info is null) return;
        text.Heading("System Info");
        text.Add("Kernel Version", info.KernelVersion, 1);
        text.Add("OS Image", info.OsImage, 1);
        text.Add("Operating System", info.OperatingSystem, 1);
        text.Add("Architecture", info.Architecture, 1);
        text.Add("Container Runtime Version", info.ContainerRuntimeVersion, 1);
        text.Add("Kubelet Version", info.KubeletVersion, 1);
    }
}
