using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>The two packets of SCTP (RFC 9260) that a question and its answer take: INIT, and an ABORT whose reason is a text.</summary>
internal static class SctpPacket
{
    public const int Protocol = 132;
    private const int HeaderLength = 12;
    private const int ChecksumAt = 8;
    private const byte Init = 1;
    private const byte Abort = 6;
    private const ushort UserInitiated = 12;

    /// <summary>Asks for an association, and names the tag that answers must carry.</summary>
    public static byte[] Ask(int sourcePort, int destinationPort, uint tag)
    {
        var packet = new byte[HeaderLength + 20];
        WritePorts(packet, sourcePort, destinationPort);
        var chunk = packet.AsSpan(HeaderLength);
        chunk[0] = Init;
        BinaryPrimitives.WriteUInt16BigEndian(chunk[2..], 20);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[4..], tag);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[8..], 65536);
        BinaryPrimitives.WriteUInt16BigEndian(chunk[12..], 1);
        BinaryPrimitives.WriteUInt16BigEndian(chunk[14..], 1);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[16..], 1);
        return Seal(packet);
    }

    /// <summary>The answer to a packet of <see cref="Ask"/>; null when it is something else.</summary>
    public static byte[]? Answer(ReadOnlySpan<byte> question, int port, string text)
    {
        if (question.Length < HeaderLength + 20 || question[HeaderLength] != Init || PortAt(question, 2) != port) return null;
        var reason = Encoding.UTF8.GetBytes(text);
        // Chunks fill words of four bytes; their lengths do not count what fills them.
        var packet = new byte[HeaderLength + 8 + ((reason.Length + 3) / 4 * 4)];
        WritePorts(packet, PortAt(question, 2), PortAt(question, 0));
        question.Slice(HeaderLength + 4, 4).CopyTo(packet.AsSpan(4));
        var chunk = packet.AsSpan(HeaderLength);
        chunk[0] = Abort;
        BinaryPrimitives.WriteUInt16BigEndian(chunk[2..], (ushort)(8 + reason.Length));
        BinaryPrimitives.WriteUInt16BigEndian(chunk[4..], UserInitiated);
        BinaryPrimitives.WriteUInt16BigEndian(chunk[6..], (ushort)(4 + reason.Length));
        reason.CopyTo(chunk[8..]);
        return Seal(packet);
    }

    /// <summary>The text of an <see cref="Answer"/> to a port; null when it is something else.</summary>
    public static string? TextOf(ReadOnlySpan<byte> packet, int port)
    {
        if (packet.Length < HeaderLength + 8 || packet[HeaderLength] != Abort || PortAt(packet, 2) != port) return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(packet[(HeaderLength + 6)..]) - 4;
        return Encoding.UTF8.GetString(packet.Slice(HeaderLength + 8, length));
    }

    /// <summary>What a raw socket of IPv4 receives, without the header before it.</summary>
    public static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> received) => received[((received[0] & 0xF) * 4)..];

    private static int PortAt(ReadOnlySpan<byte> packet, int at) => BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);

    private static void WritePorts(Span<byte> packet, int source, int destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet, (ushort)source);
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)destination);
    }

    /// <summary>Conntrack takes no packet whose checksum (CRC-32C, least byte first) is wrong.</summary>
    private static byte[] Seal(byte[] packet)
    {
        var crc = uint.MaxValue;
        foreach (var value in packet) crc = BitOperations.Crc32C(crc, value);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(ChecksumAt), ~crc);
        return packet;
    }
}
