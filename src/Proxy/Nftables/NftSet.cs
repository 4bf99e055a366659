using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>A set or map of the table: what its keys and values are made of, word by word.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Comment">What it is for, shown by nft.</param>
/// <param name="Key">The fields of its keys.</param>
/// <param name="Data">The fields of its values; none for a set, <see cref="NftField.Verdict"/> alone for a verdict map.</param>
internal sealed record NftSet(string Name, string Comment, NftField[] Key, params NftField[] Data)
{
    private static readonly NftField[] Place = [NftField.Address, NftField.Protocol, NftField.Port];
    private static readonly NftField[] NodePlace = [NftField.Protocol, NftField.Port];

    /// <summary>Addresses of Services: what is for none of them is let go at once.</summary>
    public static NftSet ServiceIPs { get; } = new("service-ips", "ClusterIPs, external IPs and load-balancer addresses", [NftField.Address]);

    /// <summary>Cluster IPs of which some port is forwarded or refused.</summary>
    public static NftSet ClusterIPs { get; } = new("cluster-ips", "ClusterIPs in use", [NftField.Address]);

    /// <summary>External addresses under policy Cluster.</summary>
    public static NftSet External { get; } = new("external", "external addresses, policy Cluster: masqueraded", Place);

    /// <summary>External addresses under policy Local.</summary>
    public static NftSet ExternalLocal { get; } = new("external-local", "external addresses, policy Local", Place);

    /// <summary>Node ports that lead somewhere.</summary>
    public static NftSet NodePorts { get; } = new("nodeports", "node ports", NodePlace);

    /// <summary>Those of them under policy Local.</summary>
    public static NftSet NodePortsLocal { get; } = new("nodeports-local", "node ports, policy Local", NodePlace);

    /// <summary>Addresses of Service ports that nobody serves.</summary>
    public static NftSet Refused { get; } = new("refused", "Services without endpoints", Place);

    /// <summary>Addresses of Service ports that only other nodes serve, under policy Local.</summary>
    public static NftSet Dropped { get; } = new("dropped", "Services of policy Local without endpoints here", Place);

    /// <summary>Node ports that nobody serves.</summary>
    public static NftSet RefusedNodePorts { get; } = new("refused-nodeports", "node ports without endpoints", NodePlace);

    /// <summary>Node ports that only other nodes serve, under policy Local.</summary>
    public static NftSet DroppedNodePorts { get; } = new("dropped-nodeports", "node ports of policy Local without endpoints here", NodePlace);

    /// <summary>Addresses that only some may use.</summary>
    public static NftSet Firewall { get; } = new("firewall", "destinations with loadBalancerSourceRanges", Place, NftField.Verdict);

    /// <summary>Every endpoint's address beside itself: how an endpoint that reached itself looks.</summary>
    public static NftSet Hairpin { get; } = new("hairpin", "endpoints that reach themselves", [NftField.Address, NftField.Address]);

    /// <summary>Where node ports answer, when not on every local address.</summary>
    public static NftSet NodePortAddresses { get; } = new("nodeport-ips", "addresses that accept node port traffic", [NftField.Address]);

    /// <summary>The sets that are always there, besides those of <see cref="NftGroup"/>.</summary>
    public static IReadOnlyList<NftSet> Fixed { get; } =
    [
        ServiceIPs, ClusterIPs, External, ExternalLocal, NodePorts, NodePortsLocal,
        Refused, Dropped, RefusedNodePorts, DroppedNodePorts, Firewall, Hairpin, NodePortAddresses,
    ];

    /// <summary>The set of a name, for those who read a table; null for those in which the kernel notes clients.</summary>
    public static NftSet? Find(string name)
    {
        if (name.StartsWith("of-", StringComparison.Ordinal)) return OfPlaces(name, "", name.Contains("-nodeport", StringComparison.Ordinal));
        return Fixed.Concat(NftGroup.All.SelectMany(group => (NftSet[])[group.Endpoints, group.Special])).FirstOrDefault(set => set.Name == name);
    }

    /// <summary>How long an element lives after its last use, which the kernel itself writes; null for those that stay.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether keys have values.</summary>
    public bool IsMap => Data.Length > 0;

    /// <summary>Whether the values are verdicts.</summary>
    public bool GivesVerdicts => Data is [NftField.Verdict];

    /// <summary>Bytes of a key.</summary>
    public int KeyLength(IpFamily family) => Key.Sum(field => Size(field, family));

    /// <summary>Bytes of a value; the kernel wants 0 for verdicts.</summary>
    public int DataLength(IpFamily family) => GivesVerdicts ? 0 : Data.Sum(field => Size(field, family));

    /// <summary>A set of places.</summary>
    public static NftSet OfPlaces(string name, string comment, bool ofNodePorts) => new(name, comment, ofNodePorts ? NodePlace : Place);

    /// <summary>A map from places to chains.</summary>
    public static NftSet ToChains(string name, string comment, bool ofNodePorts) => new(name, comment, ofNodePorts ? NodePlace : Place, NftField.Verdict);

    /// <summary>A map from places and slots to endpoints.</summary>
    public static NftSet ToEndpoints(string name, string comment, bool ofNodePorts) =>
        new(name, comment, [.. ofNodePorts ? NodePlace : Place, NftField.Number], NftField.Address, NftField.Port);

    private static int Size(NftField field, IpFamily family) => field == NftField.Address ? family.AddressBits / 8 : sizeof(uint);
}

/// <summary>A part of a key or value. In a row of several each begins at a word of four bytes.</summary>
internal enum NftField
{
    /// <summary>An address of the table's family.</summary>
    Address,

    /// <summary>A transport protocol's number, one byte.</summary>
    Protocol,

    /// <summary>A port, two bytes, the higher first.</summary>
    Port,

    /// <summary>A number of four bytes in the machine's order.</summary>
    Number,

    /// <summary>What becomes of the packet.</summary>
    Verdict,
}
