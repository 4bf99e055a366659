using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>The sets that the rules ask, which never change themselves, however many Services there are.</summary>
internal enum IpSet
{
    /// <summary>Cluster IPs with their ports: masqueraded for who is no pod.</summary>
    ClusterIP,

    /// <summary>Other ways in (external and load-balancer addresses, node ports) under policy Cluster: always masqueraded.</summary>
    ExternalIP,

    /// <summary>Other ways in under policy Local: masqueraded for the node itself; pods and the node are led to all endpoints.</summary>
    ExternalIPLocal,

    /// <summary>Other ways in to Services with session affinity: led to the one virtual server that remembers the clients.</summary>
    Affinity,

    /// <summary>Endpoints that could reach themselves.</summary>
    LoopBack,

    /// <summary>Load-balancer addresses that not everybody may use.</summary>
    Firewall,

    /// <summary>Who may use them.</summary>
    SourceRange,

    /// <summary>Ways in that policy Local leaves without an endpoint here: dropped.</summary>
    NoLocalEndpoints,

    /// <summary>Ports at which load balancers ask.</summary>
    HealthCheckPort,

    /// <summary>The addresses on the device: ports that no Service has are refused there.</summary>
    BoundIP,

    /// <summary>Virtual servers at the node's own addresses. No rule asks this one: it tells the next run which are ours.</summary>
    NodeServer,
}

/// <summary>What the kernel knows of the sets.</summary>
internal static class IpSets
{
    public static IReadOnlyList<IpSet> All { get; } = Enum.GetValues<IpSet>();

    /// <summary>The name of a family's set: kube-proxy's where its meaning is the same. At most 31 characters.</summary>
    public static string NameOf(IpSet set, IpFamily family) => (family == IpFamily.V4 ? "KUBE-" : "KUBE-6-") + set switch
    {
        IpSet.ClusterIP => "CLUSTER-IP",
        IpSet.ExternalIP => "EXTERNAL-IP",
        IpSet.ExternalIPLocal => "EXTERNAL-IP-LOCAL",
        IpSet.Affinity => "AFFINITY-IP",
        IpSet.LoopBack => "LOOP-BACK",
        IpSet.Firewall => "LOAD-BALANCER-FW",
        IpSet.SourceRange => "LB-SOURCE-RANGE",
        IpSet.NoLocalEndpoints => "NO-LOCAL-ENDPOINTS",
        IpSet.HealthCheckPort => "HEALTH-CHECK-NODE-PORT",
        IpSet.BoundIP => "IPVS-IPS",
        _ => "IPVS-NODE-SERVERS",
    };

    /// <summary>The kernel's type of a set.</summary>
    public static string TypeOf(IpSet set) => set switch
    {
        IpSet.LoopBack => "hash:ip,port,ip",
        IpSet.SourceRange => "hash:ip,port,net",
        IpSet.HealthCheckPort => "bitmap:port",
        IpSet.BoundIP => "hash:ip",
        _ => "hash:ip,port",
    };
}
