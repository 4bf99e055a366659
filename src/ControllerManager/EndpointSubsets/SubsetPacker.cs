using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;

namespace MiniK8s.ControllerManager.EndpointSubsets;

/// <summary>Groups addresses by the ports they share, in an order that depends on nothing but the content.</summary>
internal static class SubsetPacker
{
    /// <summary>One pod behind the Service.</summary>
    /// <param name="Address">Its address.</param>
    /// <param name="Ready">Whether it may get traffic.</param>
    /// <param name="Ports">Where the ports of the Service end in it.</param>
    internal sealed record Candidate(EndpointAddress Address, bool Ready, IReadOnlyList<EndpointPort> Ports);

    /// <summary>One subset for each list of ports; each address at most once in it.</summary>
    public static IReadOnlyList<EndpointSubset> Pack(IEnumerable<Candidate> candidates) =>
        Sort(candidates.GroupBy(c => PortsKey(c.Ports)).Select(group => new EndpointSubset
        {
            Addresses = [.. group.Where(c => c.Ready).Select(c => c.Address).DistinctBy(a => (a.Ip, a.TargetRef?.Uid))],
            NotReadyAddresses = [.. group.Where(c => !c.Ready).Select(c => c.Address).DistinctBy(a => (a.Ip, a.TargetRef?.Uid))],
            Ports = group.First().Ports,
        }));

    /// <summary>The same subsets in the one order: addresses by number, then by pod; ports by name; subsets by ports.</summary>
    public static IReadOnlyList<EndpointSubset> Sort(IEnumerable<EndpointSubset> subsets) =>
        [.. subsets.Select(subset => subset with
        {
            Addresses = SortAddresses(subset.Addresses),
            NotReadyAddresses = SortAddresses(subset.NotReadyAddresses),
            Ports = [.. subset.Ports.OrderBy(PortKey, StringComparer.Ordinal)],
        }).OrderBy(subset => PortsKey(subset.Ports), StringComparer.Ordinal)];

    private static IReadOnlyList<EndpointAddress> SortAddresses(IEnumerable<EndpointAddress> addresses) =>
        [.. addresses.OrderBy(a => IpOrder(a.Ip), StringComparer.Ordinal).ThenBy(a => a.TargetRef?.Uid, StringComparer.Ordinal)];

    private static string IpOrder(string text) =>
        IpText.TryParse(text, out var address) ? Convert.ToHexString(address.MapToIPv6().GetAddressBytes()) : text;

    private static string PortsKey(IEnumerable<EndpointPort> ports) => string.Join(',', ports.Select(PortKey).Order(StringComparer.Ordinal));

    private static string PortKey(EndpointPort port) => $"{port.Name}/{port.Protocol ?? "TCP"}/{port.Port:D5}/{port.AppProtocol}";
}
