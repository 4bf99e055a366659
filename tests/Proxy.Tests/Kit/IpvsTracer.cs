using System.Net;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>
/// Walks the first packet of a connection through rules, sets and virtual servers as the kernel would: what comes in by a device
/// meets IPVS after the filter's INPUT, what the node sends meets it before the filter's OUTPUT.
/// </summary>
internal sealed class IpvsTracer
{
    private readonly FakeIpvsKernel kernel;
    private readonly PacketTracer rules;
    private readonly HashSet<IPAddress> local;

    public IpvsTracer(FakeTables tables, FakeIpvsKernel kernel)
    {
        this.kernel = kernel;
        local = [.. kernel.NodeAddresses, .. kernel.Bound];
        rules = new PacketTracer(tables, [.. local.Select(address => address.ToString())]) { Sets = IsInSet };
    }

    /// <summary>What becomes of a connection, in the words of <see cref="PacketTracer.Trace"/>.</summary>
    public Fate Trace(string source, string destination, string protocol = "tcp")
    {
        var target = IPEndPoint.Parse(destination);
        var from = IPAddress.Parse(source);
        var origin = local.Contains(from) || IPAddress.IsLoopback(from) ? Origin.Node : Origin.Device;
        var packet = new Packet(from, target.Address, protocol, target.Port, origin);
        return PacketTracer.Summary([.. origin == Origin.Node ? FromNode(packet) : FromDevice(packet)]);
    }

    private IEnumerable<(string Verdict, Packet Packet)> FromNode(Packet packet) =>
        rules.Hook("mangle", "OUTPUT", packet).SelectMany(step => Then(step, "nat", "OUTPUT")).SelectMany(step => Balance(step, afterwards: NodeUnbalanced));

    private IEnumerable<(string Verdict, Packet Packet)> FromDevice(Packet packet) =>
        rules.Hook("nat", "PREROUTING", packet).SelectMany(step => IsLocal(step.Packet.Destination)
            ? Then(step, "filter", "INPUT").SelectMany(inside => Balance(inside, afterwards: end => [end]))
            : Then(step, "filter", "FORWARD").SelectMany(end => Then(end, "nat", "POSTROUTING")));

    /// <summary>What IPVS does not take goes on: to the node itself through INPUT, or out.</summary>
    private IEnumerable<(string Verdict, Packet Packet)> NodeUnbalanced((string Verdict, Packet Packet) step) => Then(step, "filter", "OUTPUT")
        .SelectMany(end => IsLocal(end.Packet.Destination) ? Then(end, "filter", "INPUT") : [end])
        .SelectMany(end => Then(end, "nat", "POSTROUTING"));

    private IEnumerable<(string Verdict, Packet Packet)> Balance(
        (string Verdict, Packet Packet) step, Func<(string Verdict, Packet Packet), IEnumerable<(string Verdict, Packet Packet)>> afterwards)
    {
        if (step.Verdict != "ACCEPT") return [step];
        var packet = step.Packet;
        if (kernel.Find(new ServerAddress(ProtocolOf(packet.Protocol), packet.Destination, packet.Port)) is not { } reals) return afterwards(step);
        // The kernel answers for a virtual server without real ones.
        if (reals.Count == 0) return [("REJECT", packet)];
        return reals.Select(real => packet with { Destination = real.Address, Port = real.Port, Translated = real.ToString() })
            .SelectMany(chosen => rules.Hook("filter", "OUTPUT", chosen))
            .SelectMany(end => Then(end, "nat", "POSTROUTING"));
    }

    private IEnumerable<(string Verdict, Packet Packet)> Then((string Verdict, Packet Packet) step, string table, string chain) =>
        step.Verdict == "ACCEPT" ? rules.Hook(table, chain, step.Packet) : [step];

    private bool IsLocal(IPAddress address) => local.Contains(address) || IPAddress.IsLoopback(address);

    private bool IsInSet(string name, string directions, Packet packet)
    {
        var family = IpFamily.V4.Contains(packet.Destination) ? IpFamily.V4 : IpFamily.V6;
        var set = IpSets.All.Single(set => IpSets.NameOf(set, family) == name);
        var server = new ServerAddress(ProtocolOf(packet.Protocol), packet.Destination, packet.Port);
        return (directions, set) switch
        {
            ("dst", IpSet.HealthCheckPort) => kernel.Has(family, SetEntry.HealthCheckPort(packet.Port)),
            ("dst", IpSet.BoundIP) => kernel.Has(family, SetEntry.BoundIP(packet.Destination)),
            ("dst,dst,src", IpSet.LoopBack) => kernel.Has(family, SetEntry.LoopBack(server.Protocol, new RealServer(packet.Destination, packet.Port)) with { Other = packet.Source }),
            ("dst,dst,src", IpSet.SourceRange) => kernel.Elements(family, set).Any(entry => entry.Server == server && new IPNetwork(entry.Other!, entry.PrefixLength).Contains(packet.Source)),
            ("dst,dst", _) => kernel.Has(family, SetEntry.Of(set, server)),
            _ => throw new InvalidOperationException($"the tracer does not know {name} {directions}"),
        };
    }

    private static TransportProtocol ProtocolOf(string name) => name switch
    {
        "tcp" => TransportProtocol.Tcp,
        "udp" => TransportProtocol.Udp,
        _ => TransportProtocol.Sctp,
    };
}
