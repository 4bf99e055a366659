using System.Buffers.Binary;

namespace MiniK8s.Proxy.Netlink;

/// <summary>
/// One netlink request in the making: the header, then attributes, each padded to four bytes (netlink(7)). Lengths are filled in
/// when they are known.
/// </summary>
internal sealed class NetlinkMessage
{
    private const int HeaderSize = 16;
    private const int AttributeHeaderSize = 4;
    private const ushort NestedFlag = 0x8000;
    private byte[] bytes = new byte[256];
    private int length = HeaderSize;

    /// <param name="type">What is asked; for netfilter the subsystem in the upper byte.</param>
    /// <param name="flags">NLM_F_*; the request flag is added.</param>
    public NetlinkMessage(ushort type, NetlinkFlags flags)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), type);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), (ushort)(flags | NetlinkFlags.Request));
    }

    /// <summary>Adds netfilter's own header: the address family and nothing else.</summary>
    public NetlinkMessage Netfilter(byte family)
    {
        Span<byte> header = [family, 0, 0, 0];
        Append(header);
        return this;
    }

    /// <summary>Adds an attribute.</summary>
    public NetlinkMessage Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        Span<byte> header = stackalloc byte[AttributeHeaderSize];
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)(AttributeHeaderSize + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], type);
        Append(header);
        Append(value);
        return this;
    }

    /// <summary>Adds an attribute that holds others, given as they came from the kernel.</summary>
    public NetlinkMessage Nested(ushort type, ReadOnlySpan<byte> attributes) => Attribute((ushort)(type | NestedFlag), attributes);

    /// <summary>The message with its number, ready to be sent.</summary>
    public ReadOnlySpan<byte> Finish(uint sequence)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), sequence);
        return bytes.AsSpan(0, length);
    }

    private void Append(ReadOnlySpan<byte> data)
    {
        var padded = (data.Length + 3) & ~3;
        if (bytes.Length < length + padded) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + padded));
        data.CopyTo(bytes.AsSpan(length));
        length += padded;
    }
}

/// <summary>Flags of a netlink message.</summary>
[Flags]
internal enum NetlinkFlags : ushort
{
    None = 0,
    Request = 0x1,
    Acknowledge = 0x4,

    /// <summary>Set by the kernel: what was dumped changed meanwhile.</summary>
    Interrupted = 0x10,

    /// <summary>Everything, not one.</summary>
    Dump = 0x300,
}
