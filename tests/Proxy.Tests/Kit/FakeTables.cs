using System.Text;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>
/// Executes restore scripts in memory as <c>iptables-restore --noflush</c> would: a table changes at its COMMIT, whole or not
/// at all, and a script that jumps to a missing chain or removes one that is still pointed to fails.
/// </summary>
internal sealed class FakeTables
{
    private static readonly Dictionary<string, string[]> BuiltIn = new()
    {
        ["mangle"] = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"],
        ["filter"] = ["INPUT", "FORWARD", "OUTPUT"],
        ["nat"] = ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
    };

    private readonly Dictionary<string, Dictionary<string, List<string>>> tables =
        BuiltIn.ToDictionary(table => table.Key, table => table.Value.ToDictionary(chain => chain, _ => new List<string>()));

    private readonly Dictionary<string, string> policies = [];

    /// <summary>Scripts executed so far.</summary>
    public int Restores { get; private set; }

    public IReadOnlyDictionary<string, List<string>> Chains(string table) => tables[table];

    public void SetPolicy(string chain, string policy) => policies[chain] = policy;

    public string PolicyOf(string chain) => policies.GetValueOrDefault(chain, "ACCEPT");

    /// <summary>Adds a rule or chain as an administrator would, outside any script.</summary>
    public void Add(string table, string chain, string rule) => Chain(tables[table], chain, create: true).Add(rule);

    /// <summary>Empties every chain of a table, as <c>iptables -F</c> does.</summary>
    public void Flush(string table)
    {
        foreach (var rules in tables[table].Values) rules.Clear();
    }

    public void Restore(string script)
    {
        Restores++;
        Dictionary<string, List<string>>? work = null;
        var name = "";
        foreach (var line in script.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '*')
            {
                name = line[1..];
                work = tables[name].ToDictionary(chain => chain.Key, chain => chain.Value.ToList());
            }
            else if (line == "COMMIT")
            {
                Check(name, work!);
                tables[name] = work!;
            }
            else
            {
                Execute(work!, line);
            }
        }
    }

    /// <summary>As iptables-save writes it, chains sorted.</summary>
    public string Save()
    {
        var text = new StringBuilder();
        foreach (var (name, chains) in tables)
        {
            text.Append('*').Append(name).Append('\n');
            foreach (var chain in chains.Keys.Order(StringComparer.Ordinal))
            {
                var policy = BuiltIn[name].Contains(chain) ? PolicyOf(chain) : "-";
                text.Append(':').Append(chain).Append(' ').Append(policy).Append(" [0:0]\n");
            }
            foreach (var (chain, rules) in chains.OrderBy(chain => chain.Key, StringComparer.Ordinal))
            {
                foreach (var rule in rules) text.Append("-A ").Append(chain).Append(' ').Append(rule).Append('\n');
            }
            text.Append("COMMIT\n");
        }
        return text.ToString();
    }

    private static void Execute(Dictionary<string, List<string>> work, string line)
    {
        if (line[0] == ':')
        {
            work[line[1..line.IndexOf(' ')]] = [];
            return;
        }
        var words = line.Split(' ', 3);
        switch (words[0])
        {
            case "-A":
                Chain(work, words[1]).Add(words[2]);
                break;
            case "-I":
                var numbered = words[2].Split(' ', 2);
                Chain(work, words[1]).Insert(int.Parse(numbered[0]) - 1, numbered[1]);
                break;
            case "-D":
                if (!Chain(work, words[1]).Remove(words[2])) throw new InvalidOperationException($"no such rule: {line}");
                break;
            case "-X":
                if (Chain(work, words[1]).Count > 0) throw new InvalidOperationException($"chain not empty: {line}");
                work.Remove(words[1]);
                break;
            default:
                throw new InvalidOperationException($"unknown line: {line}");
        }
    }

    private static List<string> Chain(Dictionary<string, List<string>> chains, string name, bool create = false)
    {
        if (chains.TryGetValue(name, out var rules)) return rules;
        return create ? chains[name] = [] : throw new InvalidOperationException($"no chain {name}");
    }

    private static void Check(string table, Dictionary<string, List<string>> chains)
    {
        foreach (var (chain, rules) in chains)
        {
            foreach (var rule in rules)
            {
                var at = rule.IndexOf("-j KUBE-", StringComparison.Ordinal);
                if (at >= 0 && !chains.ContainsKey(rule[(at + 3)..])) throw new InvalidOperationException($"{table} {chain}: jump to a missing chain: {rule}");
            }
        }
    }
}
