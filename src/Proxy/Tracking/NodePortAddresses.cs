using System.Net;
using System.Net.NetworkInformation;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Tracking;

/// <summary>On which of the node's addresses node ports answer, from <c>--nodeport-addresses</c>.</summary>
/// <param name="ranges">Blocks of addresses; empty for all.</param>
internal sealed class NodePortAddresses(IReadOnlyList<IPNetwork> ranges)
{
    /// <summary>The addresses of a family that the machine has now, sorted; null when all local ones answer. Never a loopback address.</summary>
    public ValueArray<IPAddress>? Read(IpFamily family)
    {
        var wanted = ranges.Where(range => family.Contains(range.BaseAddress)).ToList();
        if (wanted.Count == 0 || wanted.Any(range => range.PrefixLength == 0)) return null;
        var present = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(device => device.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address);
        return Choose(present, wanted);
    }

    /// <summary>Those of <paramref name="present"/> that lie in <paramref name="wanted"/>.</summary>
    internal static ValueArray<IPAddress> Choose(IEnumerable<IPAddress> present, IReadOnlyList<IPNetwork> wanted) =>
        [.. present.Where(address => !IPAddress.IsLoopback(address) && wanted.Any(range => range.Contains(address)))
            .Distinct().OrderBy(address => address.ToString(), StringComparer.Ordinal)];
}
