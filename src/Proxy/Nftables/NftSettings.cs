using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>What shapes the table of one address family besides the model.</summary>
internal sealed record NftSettings
{
    public required IpFamily Family { get; init; }

    /// <summary>Where pods live; null when that is not known, and then nothing is masqueraded for coming from elsewhere.</summary>
    public IPNetwork? PodCidr { get; init; }

    /// <summary>Whether everything sent to a cluster IP is masqueraded.</summary>
    public bool MasqueradeAll { get; init; }

    /// <summary>The bit of the packet mark that asks for masquerading: kube-proxy's.</summary>
    public uint MasqueradeBit { get; init; } = 0x4000;

    /// <summary>Addresses on which node ports never answer.</summary>
    public IPNetwork Loopback => Family == IpFamily.V4 ? IPNetwork.Parse("127.0.0.0/8") : IPNetwork.Parse("::1/128");
}
