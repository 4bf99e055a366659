namespace MiniK8s.Proxy.Ipvs;

/// <summary>What is to be done for one sync, in an order in which no packet finds less than before or after.</summary>
internal sealed class IpvsOperations
{
    /// <summary>First what marks and admits packets.</summary>
    public List<IpvsOperation> EntryAdds { get; } = [];

    /// <summary>Then who answers where somebody answered before, or where packets will be led to.</summary>
    public List<IpvsOperation> ServerAdds { get; } = [];

    /// <summary>Then the addresses that packets will be led to. Redirections in the rules change after this.</summary>
    public List<IpvsOperation> EarlyBinds { get; } = [];

    /// <summary>Real servers lose their weight, or go; then virtual servers.</summary>
    public List<IpvsOperation> ServerRemovals { get; } = [];

    public List<IpvsOperation> Unbinds { get; } = [];

    public List<IpvsOperation> EntryRemovals { get; } = [];

    /// <summary>What is new comes last: who finds it there finds all other changes made too.</summary>
    public List<IpvsOperation> NewServers { get; } = [];

    /// <summary>With its address the packets for a new Service begin to come.</summary>
    public List<IpvsOperation> Binds { get; } = [];

    /// <summary>Whether the rules that redirect must be written.</summary>
    public bool RedirectionsChanged { get; set; }

    /// <summary>What comes before the rules change.</summary>
    public IEnumerable<IpvsOperation> BeforeRules => EntryAdds.Concat(ServerAdds).Concat(EarlyBinds);

    /// <summary>What comes after.</summary>
    public IEnumerable<IpvsOperation> AfterRules => Removals.Concat(New);

    /// <summary>What goes.</summary>
    public IEnumerable<IpvsOperation> Removals => ServerRemovals.Concat(Unbinds).Concat(EntryRemovals);

    /// <summary>What was not there before.</summary>
    public IEnumerable<IpvsOperation> New => NewServers.Concat(Binds);

    /// <summary>Operations on virtual and real servers.</summary>
    public int ServerCount => ServerAdds.Count + NewServers.Count + ServerRemovals.Count;

    /// <summary>Operations on sets.</summary>
    public int EntryCount => EntryAdds.Count + EntryRemovals.Count;

    public int Count => ServerCount + EntryCount + EarlyBinds.Count + Binds.Count + Unbinds.Count;

    /// <summary>One operation a line, in their order.</summary>
    public override string ToString() => string.Join('\n', BeforeRules.Concat(AfterRules));
}
