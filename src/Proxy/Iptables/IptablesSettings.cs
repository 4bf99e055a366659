using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Iptables;

/// <summary>What shapes the rules of one address family besides the model.</summary>
internal sealed record IptablesSettings
{
    public required IpFamily Family { get; init; }

    /// <summary>Where pods live; null when that is not known, and then nothing is masqueraded for coming from elsewhere.</summary>
    public IPNetwork? PodCidr { get; init; }

    /// <summary>Whether everything sent to a cluster IP is masqueraded.</summary>
    public bool MasqueradeAll { get; init; }

    /// <summary>Whether MASQUERADE takes <c>--random-fully</c> (iptables 1.6.2).</summary>
    public bool RandomFully { get; init; } = true;

    /// <summary>How many chains of Services go into one restore; see <see cref="RestoreScript"/>.</summary>
    public int ChainsPerRestore { get; init; } = int.MaxValue;

    /// <summary>The bit of the packet mark that asks for masquerading.</summary>
    public string MasqueradeMark { get; init; } = "0x4000";

    /// <summary>Addresses on which node ports never answer.</summary>
    public string Loopback => Family == IpFamily.V4 ? "127.0.0.0/8" : "::1/128";

    /// <summary>How a port without endpoints refuses.</summary>
    public string Refusal => Family == IpFamily.V4 ? "icmp-port-unreachable" : "icmp6-port-unreachable";
}
