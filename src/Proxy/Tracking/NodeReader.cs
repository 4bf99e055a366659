using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Tracking;

/// <summary>Makes of the Node what the rules of one address family need of it. Pure.</summary>
internal static class NodeReader
{
    private const string ZoneLabel = "topology.kubernetes.io/zone";
    private const string AutoscalerTaint = "ToBeDeletedByClusterAutoscaler";

    /// <param name="node">The node; null while it is not registered.</param>
    /// <param name="family">The family.</param>
    /// <param name="nodePortAddresses">From <see cref="NodePortAddresses"/>.</param>
    public static NodeState Read(Node? node, IpFamily family, ValueArray<IPAddress>? nodePortAddresses) => new()
    {
        Address = AddressOf(node, family),
        Zone = node?.Metadata.Labels.TryGetValue(ZoneLabel, out var zone) == true ? zone : "",
        IsBeingDeleted = node is not null
            && (node.Metadata.DeletionTimestamp is not null || node.Spec?.Taints.Any(taint => taint.Key == AutoscalerTaint) == true),
        NodePortAddresses = nodePortAddresses,
    };

    private static IPAddress? AddressOf(Node? node, IpFamily family)
    {
        var addresses = node?.Status?.Addresses ?? [];
        foreach (var address in addresses.Where(a => a.Type == "InternalIP").Concat(addresses.Where(a => a.Type == "ExternalIP")))
        {
            if (family.TryParse(address.Address, out IPAddress parsed)) return parsed;
        }
        return null;
    }
}
