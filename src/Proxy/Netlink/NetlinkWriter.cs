using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace MiniK8s.Proxy.Netlink;

/// <summary>
/// Netlink messages in the making, one after the other in one buffer: headers, then attributes, each padded to four bytes
/// (netlink(7)). Lengths are filled in when they are known. The buffer is kept for the next use.
/// </summary>
internal sealed class NetlinkWriter(int capacity = 256)
{
    private const int HeaderSize = 16;
    private const int AttributeHeaderSize = 4;
    private const ushort NestedFlag = 0x8000;
    private byte[] bytes = new byte[capacity];
    private int length;
    private int message;

    /// <summary>Everything written since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    /// <summary>How many messages there are.</summary>
    public int Messages { get; private set; }

    /// <summary>How many bytes there are.</summary>
    public int Length => length;

    /// <summary>How many bytes the message that is being written has so far.</summary>
    public int MessageLength => length - message;

    /// <summary>Begins anew in the same buffer.</summary>
    public void Clear() => (length, message, Messages) = (0, 0, 0);

    /// <summary>Begins a message.</summary>
    /// <param name="type">What is asked; for netfilter the subsystem in the upper byte.</param>
    /// <param name="flags">NLM_F_*; the request flag is added.</param>
    /// <param name="sequence">The number by which the kernel's answer names it.</param>
    public void Begin(ushort type, NetlinkFlags flags, uint sequence = 0)
    {
        message = length;
        Messages++;
        var header = Free(HeaderSize);
        header.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], type);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], (ushort)(flags | NetlinkFlags.Request));
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], sequence);
    }

    /// <summary>Ends the message: its length is known now.</summary>
    public void End() => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(message), length - message);

    /// <summary>Adds the messages of another writer.</summary>
    public void Append(NetlinkWriter other)
    {
        if (other.length == 0) return;
        other.Written.CopyTo(Free(other.length));
        Messages += other.Messages;
    }

    /// <summary>Takes back the message that was written last.</summary>
    public void RemoveLast()
    {
        length = message;
        Messages--;
    }

    /// <summary>Numbers all messages one after the other, and lets the last but <paramref name="after"/> ask to be acknowledged.</summary>
    /// <returns>The number of the message that is acknowledged.</returns>
    public uint NumberAll(uint first, int after)
    {
        var (at, number, last) = (0, first, first + (uint)(Messages - 1 - after));
        for (; at < length; number++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 8), number);
            if (number == last) bytes[at + 6] |= (byte)NetlinkFlags.Acknowledge;
            at += BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
        }
        return last;
    }

    /// <summary>Sets the number of the message that is being written.</summary>
    public void Number(uint sequence) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(message + 8), sequence);

    /// <summary>Adds netfilter's own header (struct nfgenmsg).</summary>
    /// <param name="family">The address family, 2 or 10.</param>
    /// <param name="resource">Which subsystem a batch is for; else 0.</param>
    public void Netfilter(byte family, ushort resource = 0)
    {
        var header = Free(4);
        header[0] = family;
        header[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], resource);
    }

    /// <summary>Adds bytes as they are: a protocol's own header.</summary>
    public void Raw(ReadOnlySpan<byte> header) => header.CopyTo(FreePadded(header.Length));

    /// <summary>Adds an attribute.</summary>
    public void Attribute(ushort type, ReadOnlySpan<byte> value) => value.CopyTo(Attribute(type, value.Length));

    /// <summary>Adds an attribute of so many bytes, for the caller to fill.</summary>
    public Span<byte> Attribute(ushort type, int size)
    {
        var header = Free(AttributeHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)(AttributeHeaderSize + size));
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], type);
        return FreePadded(size);
    }

    /// <summary>Adds a byte.</summary>
    public void Byte(ushort type, byte value) => Attribute(type, sizeof(byte))[0] = value;

    /// <summary>Adds a number in this machine's own order, as generic netlink and rtnetlink want it.</summary>
    public void HostEndian(ushort type, ushort value) => BitConverter.TryWriteBytes(Attribute(type, sizeof(ushort)), value);

    /// <inheritdoc cref="HostEndian(ushort, ushort)"/>
    public void HostEndian(ushort type, uint value) => BitConverter.TryWriteBytes(Attribute(type, sizeof(uint)), value);

    /// <summary>Adds a short number the highest byte first, as ports are.</summary>
    public void BigEndian(ushort type, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Attribute(type, sizeof(ushort)), value);

    /// <summary>Adds an address as its bytes.</summary>
    public void Address(ushort type, IPAddress address)
    {
        Span<byte> bytes16 = stackalloc byte[16];
        address.TryWriteBytes(bytes16, out var size);
        Attribute(type, bytes16[..size]);
    }

    /// <summary>Adds a number as netfilter wants it: the highest byte first.</summary>
    public void BigEndian(ushort type, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Attribute(type, sizeof(uint)), value);

    /// <summary>Puts another number in the place of one that <see cref="BigEndian(ushort, uint)"/> wrote.</summary>
    /// <param name="at">Where it begins.</param>
    /// <param name="value">The other.</param>
    public void Replace(int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at, sizeof(uint)), value);

    /// <summary>Adds a long number as netfilter wants it: the highest byte first.</summary>
    public void BigEndian(ushort type, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Attribute(type, sizeof(ulong)), value);

    /// <summary>Adds a text with the zero byte that ends it.</summary>
    public void Text(ushort type, string text)
    {
        var value = Attribute(type, Encoding.UTF8.GetByteCount(text) + 1);
        value[Encoding.UTF8.GetBytes(text, value)] = 0;
    }

    /// <summary>Begins an attribute that holds others. Gives what <see cref="EndNested"/> needs.</summary>
    public int BeginNested(ushort type)
    {
        var at = length;
        Attribute((ushort)(type | NestedFlag), 0);
        return at;
    }

    /// <summary>Ends the attribute that was begun at <paramref name="at"/>.</summary>
    /// <exception cref="InvalidOperationException">It became longer than an attribute can be, 65,535 bytes.</exception>
    public void EndNested(int at)
    {
        if (length - at > ushort.MaxValue) throw new InvalidOperationException($"a netlink attribute of {length - at} bytes; 65535 are the most");
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)(length - at));
    }

    private Span<byte> FreePadded(int size)
    {
        var padded = Free((size + 3) & ~3);
        padded[size..].Clear();
        return padded[..size];
    }

    private Span<byte> Free(int size)
    {
        if (bytes.Length - length < size) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + size));
        var free = bytes.AsSpan(length, size);
        length += size;
        return free;
    }
}
