using System.Diagnostics;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Benchmarks.Cluster;

/// <summary>The chains of a Service that the proxy has written, written once more under other names for another address.</summary>
internal static class BareRestore
{
    private const string Address = "10.97.0.1";
    private const string Chain = "KUBE-";
    private const string Copy = "BARE-";

    /// <summary>How long one iptables-restore and a request take. The rules are gone afterwards.</summary>
    public static async Task<TimeSpan> MeasureAsync(NetworkNamespace inside, string service, string clusterIP, Knock knock)
    {
        var lines = Copied(await inside.RunAsync(["iptables-save", "-t", "nat"]), service, clusterIP);
        var chains = lines.Where(line => line.StartsWith("-A BARE-", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).Distinct().ToList();
        var rules = lines.Select(line => line.Replace("-A BARE-SERVICES", "-I OUTPUT", StringComparison.Ordinal)).ToList();
        var began = Stopwatch.GetTimestamp();
        await inside.RunAsync(["iptables-restore", "--noflush", "--wait"], Script(chains.Where(chain => chain != "BARE-SERVICES").Select(chain => $":{chain} - [0:0]").Concat(rules)));
        await knock.UntilAnsweredAsync(Address);
        var time = Stopwatch.GetElapsedTime(began);
        var removals = rules.Where(rule => rule.StartsWith("-I OUTPUT", StringComparison.Ordinal)).Select(rule => rule.Replace("-I OUTPUT", "-D OUTPUT", StringComparison.Ordinal))
            .Concat(chains.Where(chain => chain != "BARE-SERVICES").SelectMany(chain => new[] { $"-F {chain}" }))
            .Concat(chains.Where(chain => chain != "BARE-SERVICES").Select(chain => $"-X {chain}"));
        await inside.RunAsync(["iptables-restore", "--noflush", "--wait"], Script(removals));
        return time;
    }

    // The rules that name the Service in their comment are its chains and the way to them; the mark is the proxy's own chain still.
    private static List<string> Copied(string saved, string service, string clusterIP) =>
    [
        .. saved.Split('\n')
            .Where(line => line.StartsWith("-A ", StringComparison.Ordinal) && line.Contains($"default/{service} ", StringComparison.Ordinal) | line.Contains($"default/{service}\"", StringComparison.Ordinal))
            .Select(line => line.Replace(Chain, Copy, StringComparison.Ordinal).Replace("BARE-MARK-MASQ", "KUBE-MARK-MASQ", StringComparison.Ordinal).Replace(clusterIP, Address, StringComparison.Ordinal)),
    ];

    private static string Script(IEnumerable<string> lines) => $"*nat\n{string.Join('\n', lines)}\nCOMMIT\n";
}
