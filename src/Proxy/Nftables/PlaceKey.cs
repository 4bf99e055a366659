using System.Buffers.Binary;
using System.Net;
using MiniK8s.Proxy.Conntrack;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>Where packets for a Service port come in: an address with protocol and port, or a node port. Compared by value.</summary>
/// <param name="Address">The address as a number; 0 for a node port.</param>
/// <param name="Protocol">The transport protocol.</param>
/// <param name="Port">The port or node port.</param>
/// <param name="IsNodePort">Whether it answers on the node's own addresses.</param>
internal readonly record struct PlaceKey(UInt128 Address, TransportProtocol Protocol, ushort Port, bool IsNodePort)
{
    /// <summary>The longest key: an address of IPv6, protocol and port.</summary>
    public const int MostBytes = 24;

    public static PlaceKey Of(IPAddress address, TransportProtocol protocol, int port) =>
        new(NumberOf(address), protocol, (ushort)port, false);

    public static PlaceKey OfNodePort(TransportProtocol protocol, int port) => new(0, protocol, (ushort)port, true);

    /// <summary>An address as a number.</summary>
    public static UInt128 NumberOf(IPAddress address) => FlowEnd.Of(address, 0).Address;

    /// <summary>The key as the sets have it.</summary>
    public ReadOnlySpan<byte> Write(Span<byte> room, IpFamily family)
    {
        var size = IsNodePort ? 0 : family.AddressBits / 8;
        if (!IsNodePort) WriteAddress(room, Address, family);
        WritePort(room[size..], Protocol, Port);
        return room[..(size + (2 * sizeof(uint)))];
    }

    /// <summary>Writes an address in network order.</summary>
    public static void WriteAddress(Span<byte> room, UInt128 address, IpFamily family)
    {
        if (family == IpFamily.V4) BinaryPrimitives.WriteUInt32BigEndian(room, (uint)address);
        else BinaryPrimitives.WriteUInt128BigEndian(room, address);
    }

    /// <summary>Writes protocol and port, a word each.</summary>
    public static void WritePort(Span<byte> room, TransportProtocol protocol, int port)
    {
        room[..(2 * sizeof(uint))].Clear();
        room[0] = protocol.Number();
        BinaryPrimitives.WriteUInt16BigEndian(room[sizeof(uint)..], (ushort)port);
    }

    /// <summary>The address as such.</summary>
    public IPAddress ToAddress(IpFamily family)
    {
        Span<byte> bytes = stackalloc byte[family.AddressBits / 8];
        WriteAddress(bytes, Address, family);
        return new IPAddress(bytes);
    }
}
