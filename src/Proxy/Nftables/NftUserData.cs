using System.Text;
using MiniK8s.Proxy.Netlink;

namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// What nft keeps beside tables, rules and sets for those who list them: parts of one byte for the type, one for the length, and
/// the value (libnftnl's udata.h). The kernel does not look at it.
/// </summary>
internal static class NftUserData
{
    private const byte CommentType = 0;
    private const byte SetKeyOrder = 0;
    private const byte SetDataOrder = 1;
    private const byte SetComment = 7;
    private const byte HostOrder = 1;
    private const byte NetworkOrder = 2;

    /// <summary>The comment of a table or rule.</summary>
    public static void Comment(NetlinkWriter writer, ushort attribute, string text)
    {
        var size = Encoding.UTF8.GetByteCount(text) + 1;
        Put(writer.Attribute(attribute, size + 2), CommentType, text);
    }

    /// <summary>The comment of a set, and in which order the bytes of its keys and values are.</summary>
    public static void Set(NetlinkWriter writer, ushort attribute, NftSet set)
    {
        var size = Encoding.UTF8.GetByteCount(set.Comment) + 1;
        var room = writer.Attribute(attribute, 12 + size + 2);
        room = Put(room, SetKeyOrder, OrderOf(set.Key));
        room = Put(room, SetDataOrder, OrderOf(set.Data));
        Put(room, SetComment, set.Comment);
    }

    private static byte OrderOf(NftField[] fields) => fields is [NftField.Number] ? HostOrder : NetworkOrder;

    private static Span<byte> Put(Span<byte> room, byte type, byte value)
    {
        (room[0], room[1]) = (type, sizeof(uint));
        BitConverter.TryWriteBytes(room[2..], (uint)value);
        return room[6..];
    }

    private static void Put(Span<byte> room, byte type, string text)
    {
        room[0] = type;
        room[1] = (byte)(Encoding.UTF8.GetBytes(text, room[2..]) + 1);
        room[room[1] + 1] = 0;
    }
}
