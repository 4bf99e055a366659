using System.Buffers.Binary;

namespace MiniK8s.Proxy.Netlink;

/// <summary>Walks the attributes of a netlink message. What is cut short ends the walk.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> data)
{
    private const int HeaderSize = 4;
    private const ushort TypeMask = 0x3fff;
    private ReadOnlySpan<byte> rest = data;

    /// <summary>The attribute's type, without the nesting flag.</summary>
    public ushort Type { get; private set; }

    /// <summary>The attribute's content.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next attribute.</summary>
    public bool MoveNext()
    {
        if (rest.Length < HeaderSize) return false;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        if (length < HeaderSize || length > rest.Length) return false;
        Type = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]) & TypeMask);
        Value = rest[HeaderSize..length];
        rest = rest[Math.Min((length + 3) & ~3, rest.Length)..];
        return true;
    }

    /// <summary>The content of the first attribute of this type; empty without one.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> data, ushort type)
    {
        var attributes = new NetlinkAttributes(data);
        while (attributes.MoveNext())
        {
            if (attributes.Type == type) return attributes.Value;
        }
        return default;
    }
}
