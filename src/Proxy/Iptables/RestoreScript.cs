using System.Text;

namespace MiniK8s.Proxy.Iptables;

/// <summary>
/// Input for <c>iptables-restore --noflush</c>: each table's chains, then their rules, then the chains to remove. A chain that
/// is declared is emptied first; chains that are not declared stay as they are. A table changes at its COMMIT, whole or not.
/// </summary>
internal sealed class RestoreScript
{
    private readonly Part[] parts = [.. Enumerable.Range(0, Tables.Count).Select(_ => new Part())];

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => parts.All(part => part.IsEmpty);

    /// <summary>How many chains are written anew or removed.</summary>
    public int ChainCount => parts.Sum(part => part.Chains);

    /// <summary>Declares a chain, to be filled from nothing.</summary>
    public void Declare(Table table, string chain)
    {
        parts[(int)table].Chains++;
        Lines(parts[(int)table].Declarations).Line($":{chain} - [0:0]");
    }

    /// <summary>Where a table's rules are written.</summary>
    public RuleWriter Rules(Table table) => Lines(parts[(int)table].Rules);

    /// <summary>Removes a chain. What pointed to it must be gone by the end of the script.</summary>
    public void Remove(Table table, string chain)
    {
        Declare(table, chain);
        Lines(parts[(int)table].Removals).Line($"-X {chain}");
    }

    /// <summary>The script.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        var all = new RuleBuffer();
        for (var table = 0; table < parts.Length; table++)
        {
            var part = parts[table];
            if (part.IsEmpty) continue;
            var writer = Lines(all);
            writer.Line($"*{Tables.NameOf((Table)table)}");
            writer.Lines(part.Declarations.Written.Span);
            writer.Lines(part.Rules.Written.Span);
            writer.Lines(part.Removals.Written.Span);
            writer.Line($"COMMIT");
        }
        return all.Written;
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(ToBytes().Span);

    private static RuleWriter Lines(RuleBuffer buffer) => new(buffer);

    private sealed class Part
    {
        public RuleBuffer Declarations { get; } = new();

        public RuleBuffer Rules { get; } = new();

        public RuleBuffer Removals { get; } = new();

        public int Chains { get; set; }

        public bool IsEmpty => Declarations.Length == 0 && Rules.Length == 0;
    }
}
