using System.Net;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>
/// Walks the first packet of a connection through rules as the kernel would and says all that can become of it: both ways are
/// followed where a rule takes only a share of the packets.
/// </summary>
internal sealed class PacketTracer(FakeTables tables, params string[] localAddresses)
{
    /// <summary>Whether a set holds a packet: its name, the directions of its parts, the packet.</summary>
    public Func<string, string, Packet, bool>? Sets { get; init; }

    private readonly HashSet<IPAddress> local = [.. localAddresses.Select(IPAddress.Parse)];

    /// <summary>What becomes of a connection from <paramref name="source"/> to <paramref name="destination"/>, such as <c>10.96.0.1:80</c>.</summary>
    public Fate Trace(string source, string destination, string protocol = "tcp")
    {
        var target = IPEndPoint.Parse(destination);
        var from = IPAddress.Parse(source);
        var origin = local.Contains(from) || IPAddress.IsLoopback(from) ? Origin.Node : Origin.Device;
        var packet = new Packet(from, target.Address, protocol, target.Port, origin);
        var ends = Hook("nat", origin == Origin.Node ? "OUTPUT" : "PREROUTING", packet).SelectMany(Filter).SelectMany(Postrouting).ToList();
        return Summary(ends);
    }

    private IEnumerable<(string Verdict, Packet Packet)> Filter((string Verdict, Packet Packet) step)
    {
        var packet = step.Packet;
        var toNode = local.Contains(packet.Destination) || IPAddress.IsLoopback(packet.Destination);
        if (packet.Origin != Origin.Node) return Hook("filter", toNode ? "INPUT" : "FORWARD", packet);
        // What the node sends to itself comes in again by the loopback device.
        var sent = Hook("filter", "OUTPUT", packet);
        return toNode ? sent.SelectMany(end => end.Verdict == "ACCEPT" ? Hook("filter", "INPUT", end.Packet) : [end]) : sent;
    }

    private IEnumerable<(string Verdict, Packet Packet)> Postrouting((string Verdict, Packet Packet) step) =>
        step.Verdict == "ACCEPT" ? Hook("nat", "POSTROUTING", step.Packet) : [step];

    /// <summary>All ends of a packet in a built-in chain.</summary>
    internal IEnumerable<(string Verdict, Packet Packet)> Hook(string table, string chain, Packet packet) =>
        Walk(table, chain, 0, packet).Select(end => end.Verdict == "RETURN" ? (table == "filter" ? tables.PolicyOf(chain) : "ACCEPT", end.Packet) : end);

    private IEnumerable<(string Verdict, Packet Packet)> Walk(string table, string chain, int from, Packet packet)
    {
        var rules = tables.Chains(table)[chain];
        for (var i = from; i < rules.Count; i++)
        {
            var rule = new RuleMatch(rules[i], local, Sets).Read(packet);
            if (!rule.Matches || rule.NeedsHistory || rule.Target is null) continue;
            if (rule.IsShare)
            {
                foreach (var end in Walk(table, chain, i + 1, packet)) yield return end;
            }
            if (rule.Target.StartsWith("KUBE-", StringComparison.Ordinal))
            {
                foreach (var end in Jump(table, chain, i, packet, rule.Target)) yield return end;
                yield break;
            }
            if (rule.Target is "MARK")
            {
                packet = packet with { Mark = Marked(packet.Mark, rule.TargetOptions) };
                continue;
            }
            yield return End(packet, rule);
            yield break;
        }
        yield return ("RETURN", packet);
    }

    private IEnumerable<(string Verdict, Packet Packet)> Jump(string table, string chain, int at, Packet packet, string target) =>
        Walk(table, target, 0, packet).SelectMany(end => end.Verdict == "RETURN" ? Walk(table, chain, at + 1, end.Packet) : [end]);

    private static (string Verdict, Packet Packet) End(Packet packet, RuleMatch rule) => rule.Target switch
    {
        "ACCEPT" or "DROP" or "REJECT" or "RETURN" => (rule.Target, packet),
        "MASQUERADE" => ("ACCEPT", packet with { Masqueraded = true }),
        "DNAT" => ("ACCEPT", Translated(packet, rule.TargetOptions[^1])),
        _ => throw new InvalidOperationException($"the tracer does not know the target '{rule.Target}'"),
    };

    private static Packet Translated(Packet packet, string text)
    {
        var endpoint = IPEndPoint.Parse(text);
        return packet with { Destination = endpoint.Address, Port = endpoint.Port, Translated = text };
    }

    private static uint Marked(uint mark, List<string> options) => options[0] switch
    {
        "--or-mark" => mark | Convert.ToUInt32(options[1], 16),
        "--xor-mark" => mark ^ Convert.ToUInt32(options[1], 16),
        _ => throw new InvalidOperationException($"the tracer does not know MARK {string.Join(' ', options)}"),
    };

    /// <summary>All ends as one.</summary>
    internal static Fate Summary(List<(string Verdict, Packet Packet)> ends)
    {
        var verdict = Assert.Single(ends.Select(end => end.Verdict).Distinct());
        var masqueraded = ends.Select(end => end.Packet.Masqueraded).Distinct().ToList();
        var endpoints = ends.Select(end => end.Packet.Translated).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (endpoints.Count > 0) Assert.All(ends, end => Assert.NotNull(end.Packet.Translated));
        return new Fate(verdict, endpoints, masqueraded.Count == 1 ? masqueraded[0] : null);
    }
}
