using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>Reads one rule word by word. A word that it does not know fails the test: a tracer that skips would prove nothing.</summary>
internal sealed class RuleMatch
{
    /// <summary>The same rules are asked about many packets.</summary>
    private static readonly ConcurrentDictionary<string, string[]> Known = new(StringComparer.Ordinal);

    private readonly string rule;
    private readonly Func<string, string, Packet, bool>? sets;
    private readonly Queue<string> words;
    private readonly IReadOnlySet<IPAddress> localAddresses;

    public RuleMatch(string rule, IReadOnlySet<IPAddress> localAddresses, Func<string, string, Packet, bool>? sets = null)
    {
        this.sets = sets;
        this.rule = rule;
        this.localAddresses = localAddresses;
        words = new Queue<string>(Known.GetOrAdd(rule, static text => [.. Split(text)]));
    }

    /// <summary>Whether the packet passes all conditions.</summary>
    public bool Matches { get; private set; } = true;

    /// <summary>Whether a packet that passes may also not be taken: the rule takes only a share.</summary>
    public bool IsShare { get; private set; }

    /// <summary>Whether it only takes packets of clients that came before, which the tracer's clients never did.</summary>
    public bool NeedsHistory { get; private set; }

    public string? Target { get; private set; }

    public List<string> TargetOptions { get; } = [];

    public RuleMatch Read(Packet packet)
    {
        var negate = false;
        while (words.TryDequeue(out var word))
        {
            if (word == "!")
            {
                negate = true;
                continue;
            }
            if (word == "-j")
            {
                Target = words.Dequeue();
                TargetOptions.AddRange(words);
                break;
            }
            if (Condition(word, packet) is { } holds) Matches &= holds != negate;
            negate = false;
        }
        return this;
    }

    private bool? Condition(string word, Packet packet) => word switch
    {
        "-m" => Module(words.Dequeue()),
        "--comment" or "--name" or "--seconds" or "--probability" or "--every" or "--packet" => Skip(1),
        "--mode" => Share(words.Dequeue()),
        "--set" or "--reap" => Skip(0),
        "--rcheck" => History(),
        "-p" => packet.Protocol == words.Dequeue(),
        "-s" => In(packet.Source, words.Dequeue()),
        "-d" => In(packet.Destination, words.Dequeue()),
        "--dport" => packet.Port == int.Parse(words.Dequeue(), CultureInfo.InvariantCulture),
        "--src-type" => IsLocal(words.Dequeue(), packet.Source),
        "--dst-type" => IsLocal(words.Dequeue(), packet.Destination),
        "--ctstate" => words.Dequeue().Split(',').Any(state => state == "NEW" || (state == "DNAT" && packet.IsDnated)),
        "--match-set" when sets is not null => sets(words.Dequeue(), words.Dequeue(), packet),
        "--mark" => HasMark(packet.Mark, words.Dequeue()),
        _ => throw new InvalidOperationException($"the tracer does not know '{word}' in: {rule}"),
    };

    private bool? Module(string name) => name is "comment" or "tcp" or "udp" or "sctp" or "statistic" or "recent" or "addrtype" or "conntrack" or "mark" or "set"
        ? null
        : throw new InvalidOperationException($"the tracer does not know the match '{name}' in: {rule}");

    private bool? Skip(int count)
    {
        for (var i = 0; i < count; i++) words.Dequeue();
        return null;
    }

    private bool? Share(string mode)
    {
        if (mode is not ("random" or "nth")) throw new InvalidOperationException($"the tracer does not know the mode '{mode}' in: {rule}");
        IsShare = true;
        return null;
    }

    private bool? History()
    {
        NeedsHistory = true;
        return null;
    }

    private bool IsLocal(string type, IPAddress address) => type == "LOCAL"
        ? IPAddress.IsLoopback(address) || localAddresses.Contains(address)
        : throw new InvalidOperationException($"the tracer does not know the address type '{type}' in: {rule}");

    private static bool In(IPAddress address, string block) => block.Contains('/', StringComparison.Ordinal)
        ? IPNetwork.Parse(block).Contains(address)
        : IPAddress.Parse(block).Equals(address);

    private static bool HasMark(uint mark, string wanted)
    {
        var parts = wanted.Split('/').Select(part => Convert.ToUInt32(part, 16)).ToArray();
        return (mark & parts[1]) == parts[0];
    }

    private static IEnumerable<string> Split(string rule)
    {
        var quoted = rule.Split('"');
        for (var i = 0; i < quoted.Length; i++)
        {
            if (i % 2 == 1) yield return quoted[i];
            else
            {
                foreach (var word in quoted[i].Split(' ', StringSplitOptions.RemoveEmptyEntries)) yield return word;
            }
        }
    }
}
