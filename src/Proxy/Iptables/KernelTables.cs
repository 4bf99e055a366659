using System.Text;
using MiniK8s.Proxy.Ipvs;

namespace MiniK8s.Proxy.Iptables;

/// <summary>
/// What iptables-save tells of the tables, as far as it matters here: which chains of ours there are and how many rules each
/// has, and who jumps into them. A script for iptables-restore reads the same way.
/// </summary>
internal sealed class KernelTables
{
    private static readonly string[] BuiltIn = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"];
    private readonly Dictionary<string, int>[] chains = [.. Enumerable.Range(0, Tables.Count).Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
    private readonly List<(Table Table, string From, string Rule)> jumps = [];
    private readonly HashSet<(Table Table, string Chain)> heldByOthers = [];

    /// <summary>Tables in which nothing of ours is.</summary>
    public static KernelTables Empty { get; } = new();

    /// <summary>Whether a packet that no rule of the FORWARD chain accepts is dropped, as Docker sets it.</summary>
    public bool DropsForwarded { get; private set; }

    /// <summary>Whether anything of ours is there.</summary>
    public bool HasOwn => jumps.Count > 0 || chains.Any(table => table.Count > 0);

    /// <summary>Our chains in a table, with the number of their rules.</summary>
    public IReadOnlyDictionary<string, int> ChainsOf(Table table) => chains[(int)table];

    /// <summary>Rules in built-in chains that lead into our chains of fixed name, in their order.</summary>
    public IEnumerable<(Table Table, string From, string Rule)> Jumps => jumps;

    /// <summary>Whether somebody else's chain jumps to this one, so that it cannot be removed.</summary>
    public bool IsHeldByOthers(Table table, string chain) => heldByOthers.Contains((table, chain));

    /// <summary>Whether a chain is one that this program makes.</summary>
    public static bool IsOwn(Table table, string chain) =>
        ChainNames.IsServiceChain(chain) || StaticRules.Chains.Contains((table, chain)) || IpvsRules.OwnChains.Contains((table, chain));

    /// <summary>Reads the output of iptables-save, or a restore script.</summary>
    public static KernelTables Parse(ReadOnlySpan<byte> text)
    {
        var tables = new KernelTables();
        Table? table = null;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line.IsEmpty) continue;
            if (line[0] == (byte)'*') table = Tables.Of(Encoding.UTF8.GetString(line[1..].TrimEnd(" \r"u8)));
            else if (table is { } known) tables.Read(known, line);
        }
        return tables;
    }

    private void Read(Table table, ReadOnlySpan<byte> line)
    {
        if (line[0] == (byte)':') ReadChain(table, line[1..]);
        else if (line.StartsWith("-A "u8)) ReadRule(table, line[3..]);
        else if (line.StartsWith("-X "u8)) chains[(int)table].Remove(Encoding.UTF8.GetString(line[3..]));
    }

    private void ReadChain(Table table, ReadOnlySpan<byte> line)
    {
        var name = Word(line);
        if (line.StartsWith("KUBE-"u8) && IsOwn(table, name)) chains[(int)table].TryAdd(name, 0);
        else if (table == Table.Filter && name == "FORWARD") DropsForwarded = line["FORWARD ".Length..].StartsWith("DROP"u8);
    }

    private void ReadRule(Table table, ReadOnlySpan<byte> line)
    {
        var chain = Word(line);
        if (line.StartsWith("KUBE-"u8) && chains[(int)table].TryGetValue(chain, out var rules))
        {
            chains[(int)table][chain] = rules + 1;
            return;
        }
        var at = line.LastIndexOf(" -j KUBE-"u8);
        if (at < 0) return;
        var target = Word(line[(at + " -j ".Length)..]);
        if (!IsOwn(table, target)) return;
        if (BuiltIn.Contains(chain)) jumps.Add((table, chain, Encoding.UTF8.GetString(line[(chain.Length + 1)..])));
        else heldByOthers.Add((table, target));
    }

    private static string Word(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny(" \r"u8);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }
}
