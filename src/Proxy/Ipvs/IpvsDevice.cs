namespace MiniK8s.Proxy.Ipvs;

/// <summary>
/// The device that the Services' addresses are on. IPVS looks at packets for the node itself; these addresses make packets for
/// Services such. It is never up and nothing is ever sent through it.
/// </summary>
internal static class IpvsDevice
{
    /// <summary>kube-proxy's name.</summary>
    public const string Name = "kube-ipvs0";
}
