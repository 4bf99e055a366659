using System.Buffers.Binary;
using System.ComponentModel;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;

namespace MiniK8s.Proxy.Conntrack;

/// <summary>The kernel's table of connections, over ctnetlink (linux/netfilter/nfnetlink_conntrack.h).</summary>
internal static class ConntrackTable
{
    private const int NetfilterProtocol = 12;
    private const ushort Get = (1 << 8) | 1;
    private const ushort Delete = (1 << 8) | 2;
    private const ushort TupleOriginal = 1;
    private const ushort TupleReply = 2;
    private const ushort Id = 12;
    private const ushort Zone = 18;
    private const ushort Filter = 25;
    private const ushort FilterOriginal = 1;
    private const ushort TupleIp = 1;
    private const ushort TupleProtocol = 2;
    private const ushort ProtocolNumber = 1;
    private const int NetfilterHeader = 4;
    private const byte Udp = 17;
    private const int NoSuchEntry = 2;
    private const int Interrupted = 4;
    private const int InvalidArgument = 22;
    private const int NotSupported = 95;

    /// <summary>The kernel's CTA_FILTER_FLAG(CTA_PROTO_NUM): of the original tuple, only the protocol is compared.</summary>
    private const uint ByProtocol = 1 << 3;
    private const int Attempts = 3;

    /// <summary>Deletes the UDP flows of a family that <paramref name="isStale"/> picks, and says how many there were.</summary>
    /// <exception cref="Win32Exception">The kernel has no ctnetlink, or refuses, or the table was rebuilt during every attempt to read it.</exception>
    public static int DeleteUdp(IpFamily family, Func<Flow, bool> isStale)
    {
        using var socket = new NetlinkSocket(NetfilterProtocol);
        var wire = (byte)(family == IpFamily.V4 ? 2 : 10);
        var deleted = 0;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // Deleted only after the dump: a table that shrinks while it is read out is read with gaps.
            var found = new List<NetlinkMessage>();
            var whole = Dump(socket, wire, payload => Collect(payload, wire, isStale, found));
            foreach (var entry in found) deleted += DeleteOne(socket, entry);
            if (whole) return deleted;
        }
        throw new Win32Exception(Interrupted, $"the connection table changed its size during each of {Attempts} attempts to read it");
    }

    /// <summary>
    /// Has the kernel give out UDP entries only, which it can since Linux 5.8; one that does not know the filter ignores it or
    /// refuses it, and gives out everything.
    /// </summary>
    private static bool Dump(NetlinkSocket socket, byte family, NetlinkSocket.Answer answer)
    {
        try
        {
            return socket.Ask(
                new NetlinkMessage(Get, NetlinkFlags.Dump).Netfilter(family)
                    .Nested(TupleOriginal, tuple => Nest(tuple, TupleProtocol, ProtocolNumber, [Udp]))
                    .Nested(Filter, filter => filter.Attribute(FilterOriginal, BitConverter.GetBytes(ByProtocol))),
                answer);
        }
        catch (Win32Exception e) when (e.NativeErrorCode is InvalidArgument or NotSupported)
        {
            return socket.Ask(new NetlinkMessage(Get, NetlinkFlags.Dump).Netfilter(family), answer);
        }
    }

    private static void Nest(NetlinkWriter writer, ushort outer, ushort inner, ReadOnlySpan<byte> value)
    {
        var at = writer.BeginNested(outer);
        writer.Attribute(inner, value);
        writer.EndNested(at);
    }

    private static void Collect(ReadOnlySpan<byte> payload, byte family, Func<Flow, bool> isStale, List<NetlinkMessage> found)
    {
        var attributes = payload[NetfilterHeader..];
        var original = NetlinkAttributes.Find(attributes, TupleOriginal);
        var protocol = NetlinkAttributes.Find(original, TupleProtocol);
        if (NetlinkAttributes.Find(protocol, 1) is not [Udp]) return;
        var reply = NetlinkAttributes.Find(attributes, TupleReply);
        if (!TryRead(original, isSource: false, out var destination) || !TryRead(reply, isSource: true, out var responder)) return;
        if (!isStale(new Flow(destination, responder))) return;
        var message = new NetlinkMessage(Delete, NetlinkFlags.Acknowledge).Netfilter(family).Nested(TupleOriginal, original);
        // The number makes sure that a new flow of the same addresses is not taken for the old one.
        if (NetlinkAttributes.Find(attributes, Id) is { Length: > 0 } id) message.Attribute(Id, id);
        if (NetlinkAttributes.Find(attributes, Zone) is { Length: > 0 } zone) message.Attribute(Zone, zone);
        found.Add(message);
    }

    /// <summary>Source attributes are numbered before destination ones: 1 and 3 against 2 and 4 for addresses, 2 against 3 for ports.</summary>
    private static bool TryRead(ReadOnlySpan<byte> tuple, bool isSource, out FlowEnd end)
    {
        var ip = NetlinkAttributes.Find(tuple, TupleIp);
        var address = NetlinkAttributes.Find(ip, (ushort)(isSource ? 1 : 2));
        if (address.IsEmpty) address = NetlinkAttributes.Find(ip, (ushort)(isSource ? 3 : 4));
        var port = NetlinkAttributes.Find(NetlinkAttributes.Find(tuple, TupleProtocol), (ushort)(isSource ? 2 : 3));
        end = default;
        if (address.Length is not (4 or 16) || port.Length != 2) return false;
        end = new FlowEnd(FlowEnd.NumberOf(address), BinaryPrimitives.ReadUInt16BigEndian(port));
        return true;
    }

    private static int DeleteOne(NetlinkSocket socket, NetlinkMessage message)
    {
        try
        {
            socket.Ask(message, static _ => { });
            return 1;
        }
        catch (Win32Exception e) when (e.NativeErrorCode == NoSuchEntry)
        {
            return 0;
        }
    }
}
