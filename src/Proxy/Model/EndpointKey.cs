using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MiniK8s.Proxy.Model;

/// <summary>Address and port of an endpoint, as numbers. Compared by value, ordered by text.</summary>
/// <param name="Upper">The upper half of an address of IPv6; 0 for IPv4.</param>
/// <param name="Lower">The lower half, or the address of IPv4.</param>
/// <param name="Port">The port.</param>
/// <param name="IsV6">Which family it is of.</param>
internal readonly record struct EndpointKey(ulong Upper, ulong Lower, ushort Port, bool IsV6) : IComparable<EndpointKey>
{
    private const int LongestText = 64;

    /// <summary>The address as one number; that of IPv4 has 32 bits.</summary>
    public UInt128 Number => new(Upper, Lower);

    public static EndpointKey Of(IPAddress address, int port)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        var number = written == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return new EndpointKey((ulong)(number >> 64), (ulong)number, (ushort)port, address.AddressFamily == AddressFamily.InterNetworkV6);
    }

    public IPAddress ToAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Number);
        return new IPAddress(IsV6 ? bytes : bytes[12..]);
    }

    public int CompareTo(EndpointKey other)
    {
        Span<char> mine = stackalloc char[LongestText];
        Span<char> others = stackalloc char[LongestText];
        return mine[..Write(mine)].SequenceCompareTo(others[..other.Write(others)]);
    }

    public override string ToString()
    {
        Span<char> text = stackalloc char[LongestText];
        return new string(text[..Write(text)]);
    }

    private int Write(Span<char> text)
    {
        if (IsV6)
        {
            text.TryWrite(CultureInfo.InvariantCulture, $"[{ToAddress()}]:{Port}", out var all);
            return all;
        }
        var length = 0;
        for (var shift = 24; shift >= 0; shift -= 8) length += Write((uint)(Lower >> shift) & 0xff, shift > 0 ? '.' : ':', text[length..]);
        Port.TryFormat(text[length..], out var digits, default, CultureInfo.InvariantCulture);
        return length + digits;
    }

    private static int Write(uint number, char after, Span<char> text)
    {
        number.TryFormat(text, out var digits, default, CultureInfo.InvariantCulture);
        text[digits] = after;
        return digits + 1;
    }
}
