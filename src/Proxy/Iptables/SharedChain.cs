namespace MiniK8s.Proxy.Iptables;

/// <summary>A chain to which every Service adds its lines.</summary>
/// <param name="Index">Its number, for arrays.</param>
/// <param name="Table">Its table.</param>
/// <param name="Name">Its name.</param>
internal sealed record SharedChain(int Index, Table Table, string Name)
{
    /// <summary>Refuses cluster IPs without endpoints.</summary>
    public static SharedChain FilterServices { get; } = new(0, Table.Filter, ChainNames.Services);

    /// <summary>Refuses external addresses and node ports without endpoints.</summary>
    public static SharedChain FilterExternalServices { get; } = new(1, Table.Filter, ChainNames.ExternalServices);

    /// <summary>Lets health checks in.</summary>
    public static SharedChain FilterNodePorts { get; } = new(2, Table.Filter, ChainNames.NodePorts);

    /// <summary>Drops what source ranges did not let through.</summary>
    public static SharedChain FilterFirewall { get; } = new(3, Table.Filter, ChainNames.Firewall);

    /// <summary>Sends addresses to their Services.</summary>
    public static SharedChain NatServices { get; } = new(4, Table.Nat, ChainNames.Services);

    /// <summary>Sends node ports to their Services.</summary>
    public static SharedChain NatNodePorts { get; } = new(5, Table.Nat, ChainNames.NodePorts);

    /// <summary>Refuses what comes to a cluster IP's unused ports. All ports of a Service write the same line: <see cref="ClusterIPLines"/> keeps one.</summary>
    public static SharedChain FilterClusterIPs { get; } = new(6, Table.Filter, ChainNames.ClusterIPs);

    public static IReadOnlyList<SharedChain> All { get; } =
        [FilterServices, FilterExternalServices, FilterNodePorts, FilterFirewall, NatServices, NatNodePorts, FilterClusterIPs];
}
