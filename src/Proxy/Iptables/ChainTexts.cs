using System.Globalization;
using System.Text;

namespace MiniK8s.Proxy.Iptables;

/// <summary>The rules of tables as text, chain by chain, as iptables-save gives them; and what a restore script makes of them.</summary>
internal sealed class ChainTexts
{
    private readonly SortedDictionary<(Table Table, string Chain), List<string>> chains;

    private ChainTexts(SortedDictionary<(Table Table, string Chain), List<string>> chains) => this.chains = chains;

    /// <summary>The rules of each chain, without the chain's name.</summary>
    public IReadOnlyDictionary<(Table Table, string Chain), List<string>> Chains => chains;

    /// <summary>Reads the output of iptables-save.</summary>
    public static ChainTexts Parse(ReadOnlySpan<byte> text) => Apply(text, onto: null);

    /// <summary>What would be there after a restore script. Only a script of ours: it knows the commands that we write.</summary>
    public ChainTexts After(ReadOnlySpan<byte> script) => Apply(script, this);

    private static ChainTexts Apply(ReadOnlySpan<byte> text, ChainTexts? onto)
    {
        var chains = new SortedDictionary<(Table Table, string Chain), List<string>>(Comparer<(Table Table, string Chain)>.Create(
            (a, b) => a.Table != b.Table ? a.Table.CompareTo(b.Table) : string.CompareOrdinal(a.Chain, b.Chain)));
        foreach (var (key, rules) in onto?.chains ?? []) chains[key] = [.. rules];
        Table? table = null;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = Encoding.UTF8.GetString(text[range]).TrimEnd('\r');
            if (line.Length == 0) continue;
            if (line[0] == '*') table = Tables.Of(line[1..].TrimEnd());
            else if (table is { } known) Execute(chains, known, line);
        }
        return new ChainTexts(chains);
    }

    private static void Execute(SortedDictionary<(Table Table, string Chain), List<string>> chains, Table table, string line)
    {
        if (line[0] == ':')
        {
            chains[(table, line[1..].Split(' ')[0])] = [];
            return;
        }
        var words = line.Split(' ', 3);
        if (words.Length < 2) return;
        var key = (table, words[1]);
        var rule = words.Length > 2 ? words[2] : "";
        if (!chains.TryGetValue(key, out var rules)) chains[key] = rules = [];
        switch (words[0])
        {
            case "-A":
                rules.Add(rule);
                break;
            case "-D":
                rules.Remove(rule);
                break;
            case "-I":
                var numbered = rule.Split(' ', 2);
                rules.Insert(Math.Min(rules.Count, int.Parse(numbered[0], NumberStyles.None, CultureInfo.InvariantCulture) - 1), numbered[1]);
                break;
            case "-X":
                chains.Remove(key);
                break;
        }
    }
}
