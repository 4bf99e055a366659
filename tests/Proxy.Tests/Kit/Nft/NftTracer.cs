using System.Net;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>
/// Walks the first packet of a connection through the hooks of a table as the kernel would, and says all that can become of it
/// and how probable each is.
/// </summary>
internal sealed class NftTracer(FakeNftTable table, params string[] localAddresses)
{
    private const uint Bit = 0x4000;
    private readonly HashSet<IPAddress> local = [.. localAddresses.Select(IPAddress.Parse)];
    private readonly NftMachine machine = new(table, localAddresses.Select(IPAddress.Parse).ToHashSet());

    /// <summary>The mark that packets come with; other bits than ours must not matter nor change.</summary>
    public uint Mark { get; init; } = 0x0012_8003;

    /// <summary>What becomes of a connection, in the words of <see cref="PacketTracer"/>.</summary>
    public Fate Trace(string source, string destination, string protocol = "tcp") => Summary(Ends(source, destination, protocol));

    /// <summary>Every way that is open to a connection from <paramref name="source"/> to <paramref name="destination"/>, such as <c>10.96.0.1:80</c>.</summary>
    public List<NftEnd> Ends(string source, string destination, string protocol = "tcp")
    {
        var (from, target) = (IPAddress.Parse(source), IPEndPoint.Parse(destination));
        Assert.True(TransportProtocols.TryParse(protocol.ToUpperInvariant(), out var parsed));
        var packet = new NftPacket(from, target.Address, parsed, target.Port) { Mark = Mark };
        var start = new NftEnd(1, "ACCEPT", packet);
        var ends = IsLocal(from) ? FromNode(start) : FromDevice(start);
        Assert.Equal(1, ends.Sum(end => end.Share), 1e-9);
        Assert.All(ends, end => Assert.Equal(Mark, end.Packet.Mark & ~Bit));
        return ends;
    }

    private List<NftEnd> FromDevice(NftEnd start) => NftMachine.Merge(
        Pass([start], NftHook.Prerouting, true).SelectMany(end => IsLocal(end.Packet.Destination)
            ? Pass([end], NftHook.Input, true)
            : Leaving(Pass(Pass([end], NftHook.Forward, true), NftHook.Postrouting, true))));

    /// <summary>What the node sends to itself leaves by loopback and comes in again, known to conntrack: nat chains are for what is not.</summary>
    private List<NftEnd> FromNode(NftEnd start) => NftMachine.Merge(
        Leaving(Pass(Pass([start], NftHook.Output, true), NftHook.Postrouting, true)).SelectMany(end => IsLocal(end.Packet.Destination)
            ? Pass(Pass([end], NftHook.Prerouting, false), NftHook.Input, false)
            : [end]));

    private static List<NftEnd> Leaving(List<NftEnd> ends)
    {
        Assert.All(ends.Where(end => end.Verdict == "ACCEPT"), end => Assert.Equal(0u, end.Packet.Mark & Bit));
        return ends;
    }

    private List<NftEnd> Pass(List<NftEnd> ends, NftHook hook, bool isNew)
    {
        var chains = table.Chains.Values.Select(chain => chain.Declaration.Base).OfType<NftBaseChain>()
            .Where(chain => chain.Hook == hook && (isNew || chain.Type != "nat")).OrderBy(chain => chain.Priority);
        foreach (var chain in chains) ends = NftMachine.Merge(ends.SelectMany(end => end.Verdict == "ACCEPT" ? WalkBase(chain.Name, end) : [end]));
        return ends;
    }

    private IEnumerable<NftEnd> WalkBase(string chain, NftEnd end) =>
        Walk(chain, 0, end).Select(done => done.Verdict == "RETURN" ? done with { Verdict = "ACCEPT" } : done);

    private List<NftEnd> Walk(string chain, int from, NftEnd start)
    {
        var (open, ends) = (new List<NftEnd> { start }, new List<NftEnd>());
        var rules = table.Chains[chain].Rules;
        for (var i = from; i < rules.Count && open.Count > 0; i++)
        {
            var next = new List<NftEnd>();
            foreach (var end in open.SelectMany(way => machine.Run(rules[i], way)))
            {
                if (end.Verdict == "CONTINUE") next.Add(end);
                else if (end.Verdict.StartsWith("GOTO ", StringComparison.Ordinal)) ends.AddRange(Walk(end.Verdict[5..], 0, end));
                else if (end.Verdict.StartsWith("JUMP ", StringComparison.Ordinal))
                {
                    var inside = Walk(end.Verdict[5..], 0, end);
                    next.AddRange(inside.Where(way => way.Verdict == "RETURN").Select(way => way with { Verdict = "CONTINUE" }));
                    ends.AddRange(inside.Where(way => way.Verdict != "RETURN"));
                }
                else ends.Add(end);
            }
            open = NftMachine.Merge(next);
        }
        ends.AddRange(open.Select(way => way with { Verdict = "RETURN" }));
        return NftMachine.Merge(ends);
    }

    private bool IsLocal(IPAddress address) => IPAddress.IsLoopback(address) || local.Contains(address);

    private static Fate Summary(List<NftEnd> ends)
    {
        var verdict = Assert.Single(ends.Select(end => end.Verdict).Distinct());
        var masqueraded = ends.Select(end => end.Packet.IsMasqueraded).Distinct().ToList();
        var endpoints = ends.Where(end => end.Packet.IsTranslated).Select(end => end.Packet.Target).Distinct().Order(StringComparer.Ordinal).ToList();
        if (endpoints.Count > 0) Assert.All(ends, end => Assert.True(end.Packet.IsTranslated));
        return new Fate(verdict, endpoints, masqueraded.Count == 1 ? masqueraded[0] : null);
    }
}
