using System.Net;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Modes;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Explain;

/// <summary>How the proxy that is explained works, as far as that is known.</summary>
/// <param name="Options">Its options. Those that are not known have their defaults.</param>
/// <param name="KnowsPods">Whether <see cref="ProxyOptions.ClusterCidr"/> is the proxy's, also where it is empty.</param>
internal sealed record ExplainSettings(ProxyOptions Options, bool KnowsPods)
{
    /// <summary>Whether the node's own packets to external addresses are refused where there are no endpoints. kube-proxy's iptables mode leaves them alone, and so does ours.</summary>
    public bool RefusesOwnPackets => Options.Mode != ProxyModes.Iptables;

    /// <summary>The view that the proxy takes of a family.</summary>
    public TrackerOptions TrackerOf(IpFamily family) =>
        new(family, Options.NodeName, Options.Balancing) { OnlyPrimaryNodePorts = Options.OnlyPrimaryNodePorts(Options.Mode) };

    /// <summary>Where the options are from, for people.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The machine's addresses on which node ports answer; null for all but loopback.</summary>
    public Func<IpFamily, ValueArray<IPAddress>?> NodePortAddresses { get; init; } = _ => null;
}
