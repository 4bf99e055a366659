using MiniK8s.Api.Core.V1;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>The Table of Nodes.</summary>
internal static class NodeColumns
{
    private const string RolePrefix = "node-role.kubernetes.io/";
    private const string RoleLabel = "kubernetes.io/role";

    public static IReadOnlyList<Column<Node>> All { get; } =
    [
        CommonColumns.Name<Node>(),
        CommonColumns.Of<Node>("Status", Status),
        CommonColumns.Of<Node>("Roles", Roles),
        CommonColumns.CreationAge<Node>(),
        CommonColumns.Of<Node>("Version", node => node.Status?.NodeInfo?.KubeletVersion ?? ""),
        CommonColumns.Of<Node>("Internal-IP", node => Address(node, "InternalIP"), 1),
        CommonColumns.Of<Node>("External-IP", node => Address(node, "ExternalIP"), 1),
        CommonColumns.Of<Node>("OS-Image", node => CommonColumns.OrUnknown(node.Status?.NodeInfo?.OsImage), 1),
        CommonColumns.Of<Node>("Kernel-Version", node => CommonColumns.OrUnknown(node.Status?.NodeInfo?.KernelVersion), 1),
        CommonColumns.Of<Node>("Container-Runtime", node => CommonColumns.OrUnknown(node.Status?.NodeInfo?.ContainerRuntimeVersion), 1),
    ];

    private static string Status(Node node)
    {
        var ready = node.Status?.Conditions.LastOrDefault(condition => condition.Type == "Ready");
        var status = ready is null ? "Unknown" : ready.Status == "True" ? "Ready" : "NotReady";
        return node.Spec?.Unschedulable == true ? $"{status},SchedulingDisabled" : status;
    }

    private static string Roles(Node node)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Metadata.Labels)
        {
            if (key.StartsWith(RolePrefix, StringComparison.Ordinal) && key.Length > RolePrefix.Length) roles.Add(key[RolePrefix.Length..]);
            else if (key == RoleLabel && value.Length > 0) roles.Add(value);
        }
        return CommonColumns.OrNone(string.Join(',', roles));
    }

    private static string Address(Node node, string type) =>
        CommonColumns.OrNone(node.Status?.Addresses.FirstOrDefault(address => address.Type == type)?.Address);
}
