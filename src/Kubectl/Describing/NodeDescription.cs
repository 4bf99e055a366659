using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;

namespace MiniK8s.Kubectl.Describing;

/// <summary>A node with the pods on it.</summary>
internal static class NodeDescription
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    /// <summary>Writes the description.</summary>
    public static void Write(TabText text, Node node, NodeLease lease, IReadOnlyList<Pod> pods, TimeProvider clock)
    {
        var (spec, status, zone) = (node.Spec ?? new NodeSpec(), node.Status ?? new NodeStatus(), clock.LocalTimeZone);
        var roles = node.Metadata.Labels.Keys.Where(key => key.StartsWith(RolePrefix, StringComparison.Ordinal)).Select(key => key[RolePrefix.Length..]).Order(StringComparer.Ordinal);
        text.Line(0, $"Name:\t{node.Metadata.Name}").Line(0, $"Roles:\t{Common.OrNone(string.Join(',', roles))}");
        text.Map("Labels", node.Metadata.Labels).Annotations(node.Metadata.Annotations);
        text.Line(0, $"CreationTimestamp:\t{Common.Moment(node.Metadata.CreationTimestamp, zone)}");
        text.Values("Taints", [.. spec.Taints.Select(Show).Order(StringComparer.Ordinal)]).Line(0, $"Unschedulable:\t{Common.Flag(spec.Unschedulable)}");
        Describe(text, lease, zone);
        Conditions(text, status, zone);
        text.Line(0, "Addresses:");
        foreach (var address in status.Addresses) text.Line(1, $"{address.Type}:\t{address.Address}");
        Amounts(text, "Capacity", status.Capacity);
        Amounts(text, "Allocatable", status.Allocatable);
        System(text, status.NodeInfo ?? new NodeSystemInfo());
        if (!string.IsNullOrEmpty(spec.PodCIDR)) text.Line(0, $"PodCIDR:\t{spec.PodCIDR}");
        if (spec.PodCIDRs.Count > 0) text.Line(0, $"PodCIDRs:\t{string.Join(',', spec.PodCIDRs)}");
        if (!string.IsNullOrEmpty(spec.ProviderID)) text.Line(0, $"ProviderID:\t{spec.ProviderID}");
        NodeUsage.Write(text, status, pods, clock.GetUtcNow());
    }

    private static string Show(Taint taint) => $"{taint.Key}{(string.IsNullOrEmpty(taint.Value) ? "" : $"={taint.Value}")}:{taint.Effect}";

    private static void Describe(TabText text, NodeLease lease, TimeZoneInfo zone)
    {
        if (lease.Found is not { } found)
        {
            text.Line(0, $"Lease:\tFailed to get lease: {lease.WhyNot}");
            return;
        }

        text.Line(0, "Lease:").Line(1, $"HolderIdentity:\t{found.Spec?.HolderIdentity ?? "<unset>"}");
        text.Line(1, $"AcquireTime:\t{Common.Moment(found.Spec?.AcquireTime, zone)}").Line(1, $"RenewTime:\t{Common.Moment(found.Spec?.RenewTime, zone)}");
    }

    private static void Conditions(TabText text, NodeStatus status, TimeZoneInfo zone)
    {
        if (status.Conditions.Count == 0) return;
        text.Line(0, "Conditions:").Line(1, "Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage");
        text.Line(1, "----\t------\t-----------------\t------------------\t------\t-------");
        foreach (var condition in status.Conditions)
        {
            var (beat, change) = (Common.Moment(condition.LastHeartbeatTime, zone), Common.Moment(condition.LastTransitionTime, zone));
            text.Line(1, $"{condition.Type} \t{condition.Status} \t{beat} \t{change} \t{condition.Reason} \t{condition.Message}");
        }
    }

    private static void Amounts(TabText text, string name, IReadOnlyDictionary<string, Quantity> amounts)
    {
        if (amounts.Count > 0) text.Line(0, $"{name}:");
        foreach (var (resource, amount) in amounts.OrderBy(pair => pair.Key, StringComparer.Ordinal)) text.Line(1, $"{resource}:\t{amount}");
    }

    private static void System(TabText text, NodeSystemInfo info)
    {
        text.Line(0, "System Info:").Line(1, $"Machine ID:\t{info.MachineID}").Line(1, $"System UUID:\t{info.SystemUUID}").Line(1, $"Boot ID:\t{info.BootID}");
        text.Line(1, $"Kernel Version:\t{info.KernelVersion}").Line(1, $"OS Image:\t{info.OsImage}").Line(1, $"Operating System:\t{info.OperatingSystem}");
        text.Line(1, $"Architecture:\t{info.Architecture}").Line(1, $"Container Runtime Version:\t{info.ContainerRuntimeVersion}");
        text.Line(1, $"Kubelet Version:\t{info.KubeletVersion}").Line(1, $"Kube-Proxy Version:\t{info.KubeProxyVersion}");
    }
}

/// <summary>The sign of life of a node.</summary>
/// <param name="Found">The Lease; null where there is none to be had.</param>
/// <param name="WhyNot">Why there is none.</param>
internal sealed record NodeLease(Lease? Found, string? WhyNot);
