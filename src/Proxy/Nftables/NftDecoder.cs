using System.Buffers.Binary;
using System.Text;
using MiniK8s.Proxy.Netlink;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables;

/// <summary>Tells what messages of nf_tables say: those that the kernel answers with, and those that are sent to it.</summary>
internal static class NftDecoder
{
    private const int NetfilterHeader = 4;

    /// <summary>Reads one message of a table's content.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="payload">What follows the netlink header.</param>
    /// <param name="visitor">Told of it.</param>
    public static void Read(ushort type, ReadOnlySpan<byte> payload, INftVisitor visitor)
    {
        var attributes = payload[NetfilterHeader..];
        switch (type)
        {
            case Wire.NewChain:
                visitor.Chain(Text(NetlinkAttributes.Find(attributes, Wire.Chain.Name)));
                break;
            case Wire.NewRule:
                visitor.Rule(Text(NetlinkAttributes.Find(attributes, Wire.Rule.Chain)), Count(NetlinkAttributes.Find(attributes, Wire.Rule.Expressions)));
                break;
            case Wire.NewElement:
                ReadElements(attributes, visitor);
                break;
        }
    }

    /// <summary>Reads all that a transaction adds.</summary>
    public static void Read(ReadOnlySpan<byte> batch, INftVisitor visitor)
    {
        var messages = new NetlinkMessages(batch);
        while (messages.MoveNext())
        {
            if (messages.Type >> 8 == Wire.Subsystem) Read(messages.Type, messages.Payload, visitor);
        }
    }

    /// <summary>A text without the zero that ends it.</summary>
    public static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value.TrimEnd((byte)0));

    private static void ReadElements(ReadOnlySpan<byte> attributes, INftVisitor visitor)
    {
        var set = Text(NetlinkAttributes.Find(attributes, Wire.Element.ListSet));
        var items = new NetlinkAttributes(NetlinkAttributes.Find(attributes, Wire.Element.ListElements));
        while (items.MoveNext()) visitor.Element(set, ReadElement(items.Value));
    }

    private static NftElement ReadElement(ReadOnlySpan<byte> item)
    {
        var key = NetlinkAttributes.Find(NetlinkAttributes.Find(item, Wire.Element.Key), Wire.Data.Value);
        var data = NetlinkAttributes.Find(item, Wire.Element.Data);
        var verdict = NetlinkAttributes.Find(data, Wire.Data.Verdict);
        return new NftElement(key, NetlinkAttributes.Find(data, Wire.Data.Value), NetlinkAttributes.Find(verdict, Wire.Data.VerdictChain).TrimEnd((byte)0))
        {
            Timeout = Number(NetlinkAttributes.Find(item, Wire.Element.Timeout)),
            Expiration = Number(NetlinkAttributes.Find(item, Wire.Element.Expiration)),
        };
    }

    private static ulong Number(ReadOnlySpan<byte> value) => value.Length == sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(value) : 0;

    private static int Count(ReadOnlySpan<byte> list)
    {
        var count = 0;
        var items = new NetlinkAttributes(list);
        while (items.MoveNext()) count++;
        return count;
    }
}
