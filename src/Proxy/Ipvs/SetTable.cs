using System.Buffers.Binary;
using System.ComponentModel;
using System.Net;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>The kernel's IP sets, over nfnetlink (linux/netfilter/ipset/ip_set.h).</summary>
internal sealed class SetTable(NetlinkSocket socket)
{
    /// <summary>The protocol of the socket.</summary>
    public const int Protocol = 12;

    private const ushort Subsystem = 6 << 8;
    private const ushort CreateSet = Subsystem | 2;
    private const ushort DestroySet = Subsystem | 3;
    private const ushort ListSet = Subsystem | 7;
    private const ushort AddElement = Subsystem | 9;
    private const ushort DeleteElement = Subsystem | 10;
    private const ushort AskType = Subsystem | 13;
    private const byte ProtocolVersion = 6;
    private const int NetfilterHeader = 4;
    private const uint MostElements = 1 << 22;
    private const int Exists = 17;
    private const int NoSuchEntry = 2;
    private const int NoSuchSet = 4098;

    /// <summary>The kernel's newest form of a type of set; null where it has no such type.</summary>
    public byte? RevisionOf(string type, IpFamily family)
    {
        byte? revision = null;
        try
        {
            var request = Message(AskType, family, NetlinkFlags.Acknowledge).Text(SetAttributes.TypeName, type).Attribute(SetAttributes.Family, [family.AddressFamilyNumber()]);
            socket.Ask(request, payload =>
            {
                if (NetlinkAttributes.Find(payload[NetfilterHeader..], SetAttributes.Revision) is { Length: 1 } found) revision = found[0];
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
        return revision;
    }

    /// <summary>Makes a family's sets where they are not there yet.</summary>
    /// <exception cref="IpvsException">The kernel cannot.</exception>
    public void Ensure(IpFamily family)
    {
        foreach (var set in IpSets.All)
        {
            var type = IpSets.TypeOf(set);
            var name = IpSets.NameOf(set, family);
            if (RevisionOf(type, family) is not { } revision) throw new IpvsException($"this kernel has no sets of type {type}", new Win32Exception(NoSuchEntry));
            try
            {
                Create(name, type, revision, family);
            }
            catch (Win32Exception e) when (e.NativeErrorCode == Exists)
            {
                // An earlier run's, perhaps with another limit: good as it is.
            }
            catch (Win32Exception e)
            {
                throw new IpvsException($"create {name} {type}", e);
            }
        }
    }

    /// <summary>Reads what is in a family's sets.</summary>
    public void Read(IpFamily family, KernelState into)
    {
        foreach (var set in IpSets.All)
        {
            try
            {
                socket.Ask(Message(ListSet, family, NetlinkFlags.Dump).Text(SetAttributes.Name, IpSets.NameOf(set, family)), payload => ReadElements(set, payload[NetfilterHeader..], into));
            }
            catch (Win32Exception e) when (e.NativeErrorCode is NoSuchEntry or NoSuchSet)
            {
                // No set, no elements.
            }
        }
    }

    /// <summary>Removes a family's sets.</summary>
    /// <exception cref="IpvsException">One is still asked by a rule.</exception>
    public void Destroy(IpFamily family)
    {
        foreach (var set in IpSets.All)
        {
            try
            {
                socket.Ask(Message(DestroySet, family, NetlinkFlags.Acknowledge).Text(SetAttributes.Name, IpSets.NameOf(set, family)), static _ => { });
            }
            catch (Win32Exception e) when (e.NativeErrorCode == NoSuchEntry)
            {
                // Not there.
            }
            catch (Win32Exception e)
            {
                throw new IpvsException($"destroy {IpSets.NameOf(set, family)}", e);
            }
        }
    }

    /// <summary>Writes a request for an operation on an element.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool Write(NetlinkPipeline<IpvsOperation> pipeline, IpvsOperation operation)
    {
        switch (operation)
        {
            case IpvsOperation.AddEntry add: WriteElement(pipeline.Begin(operation, AddElement, NetlinkFlags.None), add.Family, add.Entry); break;
            case IpvsOperation.DeleteEntry delete: WriteElement(pipeline.Begin(operation, DeleteElement, NetlinkFlags.None), delete.Family, delete.Entry); break;
            default: return false;
        }
        pipeline.Writer.End();
        return true;
    }

    private void Create(string name, string type, byte revision, IpFamily family)
    {
        var request = Message(CreateSet, family, NetlinkFlags.Create | NetlinkFlags.Acknowledge)
            .Text(SetAttributes.Name, name).Text(SetAttributes.TypeName, type)
            .Attribute(SetAttributes.Revision, [revision]).Attribute(SetAttributes.Family, [family.AddressFamilyNumber()])
            .Nested(SetAttributes.Data, data =>
            {
                if (type != "bitmap:port")
                {
                    data.BigEndian(SetAttributes.MostElements | SetAttributes.HighestByteFirst, MostElements);
                    return;
                }
                data.BigEndian(SetAttributes.Port | SetAttributes.HighestByteFirst, (ushort)0);
                data.BigEndian(SetAttributes.LastPort | SetAttributes.HighestByteFirst, ushort.MaxValue);
            });
        socket.Ask(request, static _ => { });
    }

    private static NetlinkMessage Message(ushort type, IpFamily family, NetlinkFlags flags) =>
        new NetlinkMessage(type, flags).Netfilter(family.AddressFamilyNumber()).Attribute(SetAttributes.ProtocolVersion, [ProtocolVersion]);

    private static void WriteElement(NetlinkWriter writer, IpFamily family, SetEntry entry)
    {
        writer.Netfilter(family.AddressFamilyNumber());
        writer.Byte(SetAttributes.ProtocolVersion, ProtocolVersion);
        writer.Text(SetAttributes.Name, IpSets.NameOf(entry.Set, family));
        var data = writer.BeginNested(SetAttributes.Data);
        if (entry.Address is { } address) WriteAddress(writer, SetAttributes.Ip, address);
        if (entry.Port != 0) writer.BigEndian(SetAttributes.Port | SetAttributes.HighestByteFirst, (ushort)entry.Port);
        if (entry is { Address: not null, Port: not 0 }) writer.Byte(SetAttributes.Protocol, entry.Protocol.Number());
        if (entry.Other is { } other) WriteAddress(writer, SetAttributes.OtherIp, other);
        if (entry.PrefixLength != 0) writer.Byte(SetAttributes.OtherPrefix, (byte)entry.PrefixLength);
        writer.EndNested(data);
    }

    private static void WriteAddress(NetlinkWriter writer, ushort type, IPAddress address)
    {
        var at = writer.BeginNested(type);
        writer.Address((ushort)((IpFamily.V4.Contains(address) ? SetAttributes.Ip4 : SetAttributes.Ip6) | SetAttributes.HighestByteFirst), address);
        writer.EndNested(at);
    }

    private static void ReadElements(IpSet set, ReadOnlySpan<byte> attributes, KernelState into)
    {
        var elements = new NetlinkAttributes(NetlinkAttributes.Find(attributes, SetAttributes.Elements));
        while (elements.MoveNext())
        {
            var port = NetlinkAttributes.Find(elements.Value, SetAttributes.Port);
            var protocol = NetlinkAttributes.Find(elements.Value, SetAttributes.Protocol) switch
            {
                [17] => TransportProtocol.Udp,
                [132] => TransportProtocol.Sctp,
                _ => TransportProtocol.Tcp,
            };
            var other = ReadAddress(elements.Value, SetAttributes.OtherIp);
            var prefix = NetlinkAttributes.Find(elements.Value, SetAttributes.OtherPrefix) is [var length] ? length : 0;
            if (set == IpSet.SourceRange && prefix == 0 && other is not null) prefix = (byte)(other.GetAddressBytes().Length * 8);
            into.Entries.Add(new SetEntry(set, protocol, ReadAddress(elements.Value, SetAttributes.Ip), port.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(port) : 0, other, prefix));
        }
    }

    private static IPAddress? ReadAddress(ReadOnlySpan<byte> element, ushort type)
    {
        var attributes = new NetlinkAttributes(NetlinkAttributes.Find(element, type));
        return attributes.MoveNext() && attributes.Value.Length is 4 or 16 ? new IPAddress(attributes.Value) : null;
    }
}
