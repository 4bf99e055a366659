using System.Net;
using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Network;

/// <summary>Which way leads to the pods of the other nodes, when all nodes are on one network segment. Pure.</summary>
internal static class RoutePlanner
{
    /// <summary>One gateway for each other node that has a pod subnet and an address, by subnet.</summary>
    public static IReadOnlyDictionary<string, string> Plan(string self, IEnumerable<Node> nodes)
    {
        var routes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (node.Metadata.Name == self || node.Spec?.PodCIDR is not { Length: > 0 } subnet) continue;
            // These words reach a command line: only what is a subnet and an address may.
            if (AddressOf(node) is { } address && IPAddress.TryParse(address, out _) && IPNetwork.TryParse(subnet, out _)) routes[subnet] = address;
        }

        return routes;
    }

    /// <summary>The address by which a node is reached; null where it has told none.</summary>
    public static string? AddressOf(Node node) => node.Status?.Addresses.FirstOrDefault(address => address.Type == "InternalIP")?.Address;
}
