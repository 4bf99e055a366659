using System.Buffers.Binary;
using System.Text;

namespace MiniK8s.Proxy.Netlink;

/// <summary>Walks the messages of one receive. What is cut short ends the walk.</summary>
internal ref struct NetlinkMessages(ReadOnlySpan<byte> data)
{
    private const int HeaderSize = 16;
    private const int ErrorHeaderSize = 20;
    private const ushort ErrorTextAttribute = 1;
    private ReadOnlySpan<byte> rest = data;

    /// <summary>What it is; 2 for an error or acknowledgement, 3 for the end of a dump.</summary>
    public ushort Type { get; private set; }

    /// <summary>The kernel's flags.</summary>
    public NetlinkFlags Flags { get; private set; }

    /// <summary>The number of the request that it answers.</summary>
    public uint Sequence { get; private set; }

    /// <summary>The port of the socket that asked for what is told of; 0 for the kernel's own doing.</summary>
    public uint Port { get; private set; }

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>The kernel's words on an error, where it has some; else empty.</summary>
    public readonly string ErrorText => Payload.Length <= ErrorHeaderSize
        ? ""
        : Encoding.UTF8.GetString(NetlinkAttributes.Find(Payload[ErrorHeaderSize..], ErrorTextAttribute).TrimEnd((byte)0));

    /// <summary>Goes to the next message.</summary>
    public bool MoveNext()
    {
        if (rest.Length < HeaderSize) return false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        if (length < HeaderSize || length > rest.Length) return false;
        Type = BinaryPrimitives.ReadUInt16LittleEndian(rest[4..]);
        Flags = (NetlinkFlags)BinaryPrimitives.ReadUInt16LittleEndian(rest[6..]);
        Sequence = BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]);
        Port = BinaryPrimitives.ReadUInt32LittleEndian(rest[12..]);
        Payload = rest[HeaderSize..(int)length];
        rest = rest[Math.Min(((int)length + 3) & ~3, rest.Length)..];
        return true;
    }
}
