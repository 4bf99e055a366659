namespace MiniK8s.Proxy.Ipvs;

/// <summary>What is to be done for one sync, in an order in which no packet finds less than before or after.</summary>
internal sealed class IpvsOperations
{
    /// <summary>First what marks and admits packets.</summary>
    public List<IpvsOperation> EntryAdds { get; } = [];

    /// <summary>Then who answers.</summary>
    public List<IpvsOperation> ServerAdds { get; } = [];

    /// <summary>Then the addresses, with which packets begin to come. Redirections in the rules change after this.</summary>
    public List<IpvsOperation> Binds { get; } = [];

    /// <summary>Real servers lose their weight, or go; then virtual servers.</summary>
    public List<IpvsOperation> ServerRemovals { get; } = [];

    public List<IpvsOperation> Unbinds { get; } = [];

    public List<IpvsOperation> EntryRemovals { get; } = [];

    /// <summary>Whether the rules that redirect must be written.</summary>
    public bool RedirectionsChanged { get; set; }

    /// <summary>What comes before the rules change.</summary>
    public IEnumerable<IpvsOperation> Additions => EntryAdds.Concat(ServerAdds).Concat(Binds);

    /// <summary>What comes after.</summary>
    public IEnumerable<IpvsOperation> Removals => ServerRemovals.Concat(Unbinds).Concat(EntryRemovals);

    public int Count => EntryAdds.Count + ServerAdds.Count + Binds.Count + ServerRemovals.Count + Unbinds.Count + EntryRemovals.Count;

    /// <summary>One operation a line, in their order.</summary>
    public override string ToString() => string.Join('\n', Additions.Concat(Removals));
}
