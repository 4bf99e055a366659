using System.Net;
using System.Net.Sockets;

namespace MiniK8s.Api.Networking;

/// <summary>What a cluster gives its Services: at most one range of addresses per family, the default family first, and node ports.</summary>
public sealed record ServiceNetwork
{
    /// <summary>The ranges and the ports of a cluster.</summary>
    /// <exception cref="ArgumentException">No range, more than two, or two of one family.</exception>
    public ServiceNetwork(IReadOnlyList<IpRange> addresses, PortRange nodePorts)
    {
        if (addresses.Count is 0 or > 2) throw new ArgumentException("one range of Service addresses is needed, two at most", nameof(addresses));
        if (addresses.DistinctBy(range => range.Family).Count() != addresses.Count)
            throw new ArgumentException("two ranges of Service addresses must be of different families", nameof(addresses));
        Addresses = addresses;
        NodePorts = nodePorts;
    }

    /// <summary>10.96.0.0/16 and 30000-32767.</summary>
    public static ServiceNetwork Default { get; } = new([IpRange.Parse("10.96.0.0/16")], PortRange.Default);

    /// <summary>The ranges; the first one's family is the default.</summary>
    public IReadOnlyList<IpRange> Addresses { get; }

    /// <summary>The ports that Services may have on nodes.</summary>
    public PortRange NodePorts { get; }

    /// <summary><c>IPv4</c> or <c>IPv6</c>: what a Service gets that asks for nothing.</summary>
    public string DefaultFamily => Addresses[0].FamilyName;

    /// <summary>Whether there are ranges of both families.</summary>
    public bool IsDualStack => Addresses.Count == 2;

    /// <summary>The range of a family (<c>IPv4</c> or <c>IPv6</c>); null where the cluster has none.</summary>
    public IpRange? RangeOf(string family) => Addresses.FirstOrDefault(range => range.FamilyName == family);

    /// <summary>The range of the address's family; null where the cluster has none.</summary>
    public IpRange? RangeOf(IPAddress address) =>
        RangeOf(address.AddressFamily == AddressFamily.InterNetwork ? "IPv4" : "IPv6");
}
