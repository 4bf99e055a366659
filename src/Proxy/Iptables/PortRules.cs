namespace MiniK8s.Proxy.Iptables;

/// <summary>The rules of one Service port: its lines in the shared chains, and its own chains in the nat table.</summary>
internal sealed class PortRules
{
    private readonly RuleBuffer[] shared = [.. SharedChain.All.Select(_ => new RuleBuffer())];
    private readonly List<(string Name, RuleBuffer Rules)> own = [];
    private int used;

    /// <summary>Writes to a shared chain.</summary>
    public RuleWriter Shared(SharedChain chain) => new(shared[chain.Index]);

    /// <summary>The lines in a shared chain.</summary>
    public ReadOnlySpan<byte> LinesOf(SharedChain chain) => shared[chain.Index].Written.Span;

    /// <summary>Begins an own chain.</summary>
    public RuleWriter Begin(string chain)
    {
        if (used == own.Count) own.Add(("", new RuleBuffer()));
        var rules = own[used].Rules;
        rules.Clear();
        own[used++] = (chain, rules);
        return new RuleWriter(rules);
    }

    /// <summary>How many own chains there are.</summary>
    public int ChainCount => used;

    /// <summary>An own chain's name and lines.</summary>
    public (string Name, ReadOnlyMemory<byte> Lines) Chain(int index) => (own[index].Name, own[index].Rules.Written);

    /// <summary>How many rules there are in a table, besides the line that the port shares with others of its Service.</summary>
    public long RulesIn(Table table)
    {
        long rules = 0;
        foreach (var chain in SharedChain.All) rules += chain.Table == table && chain != SharedChain.FilterClusterIPs ? shared[chain.Index].Lines : 0;
        for (var i = 0; i < used && table == Table.Nat; i++) rules += own[i].Rules.Lines;
        return rules;
    }

    /// <summary>Empties everything for the next Service port.</summary>
    public void Clear()
    {
        foreach (var buffer in shared) buffer.Clear();
        used = 0;
    }
}
