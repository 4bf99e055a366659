using System.Text;

namespace MiniK8s.Proxy.Iptables;

/// <summary>
/// Input for <c>iptables-restore --noflush</c>: each table's chains, then their rules, then the chains to remove. A chain that
/// is declared is emptied first; chains that are not declared stay as they are. A table changes at its COMMIT, whole or not.
/// </summary>
/// <param name="chainsPerBatch">
/// When there are more chains of Services than this, they can be sent ahead in batches. The time of iptables-nft grows with the
/// square of a script: 22,000 chains take 33 s at once and 3 s in batches of a thousand (measured, iptables 1.8.9).
/// </param>
internal sealed class RestoreScript(int chainsPerBatch = int.MaxValue)
{
    private readonly Part[] parts = [.. Enumerable.Range(0, Tables.Count).Select(_ => new Part())];
    private readonly List<Part> services = [new()];

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => parts.All(part => part.IsEmpty) && services[0].IsEmpty;

    /// <summary>How many chains are written anew or removed.</summary>
    public int ChainCount => parts.Sum(part => part.Chains) + services.Sum(part => part.Chains);

    /// <summary>By how much the script changes the number of our rules in each table; where it writes everything, their number.</summary>
    public long[] RuleChange { get; } = new long[Tables.Count];

    /// <summary>How many rules it writes in a table.</summary>
    public long RulesWritten(Table table) =>
        parts[(int)table].Rules.Lines + (table == Table.Nat ? services.Sum(part => part.Rules.Lines) : 0);

    /// <summary>Declares a chain, to be filled from nothing.</summary>
    public void Declare(Table table, string chain) => parts[(int)table].Declare(chain);

    /// <summary>Where a table's rules are written.</summary>
    public RuleWriter Rules(Table table) => new(parts[(int)table].Rules);

    /// <summary>Says that the chains that follow are another Service port's: those of one port always change together.</summary>
    public void BeginPort()
    {
        if (services[^1].Chains >= chainsPerBatch) services.Add(new Part());
    }

    /// <summary>
    /// Declares a chain of the nat table that goes ahead of all others, and gives where its rules are written. It may jump to such
    /// chains of its own port and of ports before, and to chains that are there already.
    /// </summary>
    public RuleWriter Own(string chain)
    {
        services[^1].Declare(chain);
        return new RuleWriter(services[^1].Rules);
    }

    /// <summary>Removes a chain. What pointed to it must be gone by the end of the script.</summary>
    public void Remove(Table table, string chain)
    {
        Declare(table, chain);
        new RuleWriter(parts[(int)table].Removals).Line($"-X {chain}");
    }

    /// <summary>All as one script.</summary>
    public ReadOnlyMemory<byte> ToBytes() => Assemble(services);

    /// <summary>
    /// The scripts to run one after the other: one, but for very many chains. After each of them every Service works as before or as
    /// it will: the way to new chains, and the end of old ones, come with the last.
    /// </summary>
    public IEnumerable<ReadOnlyMemory<byte>> ToBatches()
    {
        for (var i = 0; i < services.Count - 1; i++)
        {
            var ahead = new RuleBuffer();
            Write(ahead, Table.Nat, [services[i]]);
            yield return ahead.Written;
        }
        yield return Assemble([services[^1]]);
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(ToBytes().Span);

    private ReadOnlyMemory<byte> Assemble(IReadOnlyList<Part> ofServices)
    {
        var all = new RuleBuffer();
        for (var table = 0; table < parts.Length; table++)
        {
            Write(all, (Table)table, (Table)table == Table.Nat ? [.. ofServices, parts[table]] : [parts[table]]);
        }
        return all.Written;
    }

    private static void Write(RuleBuffer all, Table table, IReadOnlyList<Part> content)
    {
        if (content.All(part => part.IsEmpty)) return;
        var writer = new RuleWriter(all);
        writer.Line($"*{Tables.NameOf(table)}");
        foreach (var part in content) writer.Lines(part.Declarations.Written.Span);
        foreach (var part in content) writer.Lines(part.Rules.Written.Span);
        foreach (var part in content) writer.Lines(part.Removals.Written.Span);
        writer.Line($"COMMIT");
    }

    private sealed class Part
    {
        public RuleBuffer Declarations { get; } = new();

        public RuleBuffer Rules { get; } = new();

        public RuleBuffer Removals { get; } = new();

        public int Chains { get; private set; }

        public bool IsEmpty => Declarations.Length == 0 && Rules.Length == 0;

        public void Declare(string chain)
        {
            Chains++;
            new RuleWriter(Declarations).Line($":{chain} - [0:0]");
        }
    }
}
