namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// One of the four kinds of choice of an endpoint: for a packet to an address or to a node port, among all endpoints or, where
/// policy Local applies to external traffic, among this node's. Each has a chain, a map of endpoints and a map of Services that
/// choose in a way of their own.
/// </summary>
/// <param name="Name">The name of its chain, with which the names of its sets begin.</param>
/// <param name="IsNodePort">Whether packets come by a node port.</param>
/// <param name="IsLocal">Whether only this node's endpoints are chosen from.</param>
internal sealed record NftGroup(string Name, bool IsNodePort, bool IsLocal)
{
    /// <summary>Packets to addresses.</summary>
    public static NftGroup Address { get; } = new("choose", false, false);

    /// <summary>Packets to external addresses under policy Local, but of pods and of the node itself.</summary>
    public static NftGroup AddressLocal { get; } = new("choose-local", false, true);

    /// <summary>Packets to node ports.</summary>
    public static NftGroup NodePort { get; } = new("choose-nodeport", true, false);

    /// <summary>Packets to node ports under policy Local, but of pods and of the node itself.</summary>
    public static NftGroup NodePortLocal { get; } = new("choose-nodeport-local", true, true);

    /// <summary>All four.</summary>
    public static IReadOnlyList<NftGroup> All { get; } = [Address, AddressLocal, NodePort, NodePortLocal];

    /// <summary>
    /// The chain with the rules, which <see cref="Name"/> goes through twice: a packet that a transaction overtakes between two rules may
    /// find its place in neither set, in the one no more and in the other not yet, and finds it the second time.
    /// </summary>
    public string Once => $"{Name}-once";

    /// <summary>The endpoints of every place, by a running number.</summary>
    public NftSet Endpoints { get; } = NftSet.ToEndpoints($"endpoints{Suffix(IsNodePort, IsLocal)}", "place . slot : endpoint", IsNodePort);

    /// <summary>The places of Services with session affinity or round robin, which have chains of their own.</summary>
    public NftSet Special { get; } = NftSet.ToChains($"special{Suffix(IsNodePort, IsLocal)}", "Services with session affinity or round robin", IsNodePort);

    /// <summary>The group for a place.</summary>
    public static NftGroup Of(bool isNodePort, bool isLocal) => isNodePort ? isLocal ? NodePortLocal : NodePort : isLocal ? AddressLocal : Address;

    /// <summary>The places that choose among a number of endpoints of this size.</summary>
    public NftSet OfSize(int size) => NftSet.OfPlaces($"of-{size}{Suffix(IsNodePort, IsLocal)}", SizeClass.IsExact(size) ? $"Services with {size} endpoints" : $"Services with {(size / 2) + 1} to {size} endpoints", IsNodePort);

    private static string Suffix(bool isNodePort, bool isLocal) => (isNodePort ? "-nodeport" : "") + (isLocal ? "-local" : "");
}
