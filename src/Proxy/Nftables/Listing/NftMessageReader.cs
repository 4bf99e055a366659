using System.Buffers.Binary;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables.Listing;

/// <summary>Reads whole what messages of a transaction declare; <see cref="NftDecoder"/> reads only what a comparison needs.</summary>
internal static class NftMessageReader
{
    private const byte RuleComment = 0;
    private const byte SetComment = 7;

    /// <summary>A set.</summary>
    /// <param name="attributes">The message without its headers; so with the others.</param>
    public static NftSetDeclaration Set(ReadOnlySpan<byte> attributes) => new()
    {
        Name = Text(attributes, Wire.Set.Name),
        Flags = Number(attributes, Wire.Set.Flags),
        KeyTypes = Types(Number(attributes, Wire.Set.KeyType)),
        KeyLength = (int)Number(attributes, Wire.Set.KeyLength),
        DataTypes = Types(Number(attributes, Wire.Set.DataType)),
        DataLength = (int)Number(attributes, Wire.Set.DataLength),
        Timeout = Long(attributes, Wire.Set.Timeout),
        Size = Number(NetlinkAttributes.Find(attributes, Wire.Set.Description), Wire.Set.DescriptionSize),
        Comment = UserText(NetlinkAttributes.Find(attributes, Wire.Set.UserData), SetComment),
    };

    /// <summary>A chain.</summary>
    public static NftChainDeclaration Chain(ReadOnlySpan<byte> attributes)
    {
        var name = Text(attributes, Wire.Chain.Name);
        var hook = NetlinkAttributes.Find(attributes, Wire.Chain.Hook);
        if (hook.IsEmpty) return new NftChainDeclaration(name, null);
        var (number, priority) = ((NftHook)Number(hook, Wire.Chain.HookNumber), (int)Number(hook, Wire.Chain.HookPriority));
        return new NftChainDeclaration(name, new NftBaseChain(name, Text(attributes, Wire.Chain.Type), number, priority));
    }

    /// <summary>A rule.</summary>
    public static NftRuleDeclaration Rule(ReadOnlySpan<byte> attributes) => new(
        Text(attributes, Wire.Rule.Chain),
        NftExpressionReader.Read(NetlinkAttributes.Find(attributes, Wire.Rule.Expressions)),
        UserText(NetlinkAttributes.Find(attributes, Wire.Rule.UserData), RuleComment));

    /// <summary>The elements of a message, and the set that they are of.</summary>
    public static (string Set, List<NftElementDeclaration> Elements) Elements(ReadOnlySpan<byte> attributes)
    {
        var elements = new List<NftElementDeclaration>();
        var items = new NetlinkAttributes(NetlinkAttributes.Find(attributes, Wire.Element.ListElements));
        while (items.MoveNext()) elements.Add(Element(items.Value));
        return (Text(attributes, Wire.Element.ListSet), elements);
    }

    /// <summary>A text attribute without the zero that ends it.</summary>
    public static string Text(ReadOnlySpan<byte> attributes, ushort type) => NftDecoder.Text(NetlinkAttributes.Find(attributes, type));

    private static NftElementDeclaration Element(ReadOnlySpan<byte> item)
    {
        var key = NetlinkAttributes.Find(NetlinkAttributes.Find(item, Wire.Element.Key), Wire.Data.Value);
        var data = NetlinkAttributes.Find(item, Wire.Element.Data);
        var verdict = NetlinkAttributes.Find(data, Wire.Data.Verdict);
        return new NftElementDeclaration([.. key], [.. NetlinkAttributes.Find(data, Wire.Data.Value)], verdict.IsEmpty ? null : Verdict(verdict))
        {
            Timeout = Long(item, Wire.Element.Timeout),
            Expiration = Long(item, Wire.Element.Expiration),
        };
    }

    private static NftExpression.Verdict Verdict(ReadOnlySpan<byte> verdict)
    {
        var (code, chain) = NftExpressionReader.ReadVerdict(verdict);
        return new NftExpression.Verdict(code, chain);
    }

    /// <summary>Types of a row of fields stand in one number, six bits each, the last the lowest.</summary>
    private static ValueArray<uint> Types(uint packed)
    {
        if (packed == Wire.DataType.Verdict) return [packed];
        var types = new Stack<uint>();
        for (; packed != 0; packed >>= Wire.DataType.BitsEach) types.Push(packed & ((1 << Wire.DataType.BitsEach) - 1));
        return [.. types];
    }

    private static string UserText(ReadOnlySpan<byte> data, byte type)
    {
        while (data.Length >= 2 && data.Length >= 2 + data[1])
        {
            if (data[0] == type) return NftDecoder.Text(data.Slice(2, data[1]));
            data = data[(2 + data[1])..];
        }
        return "";
    }

    private static uint Number(ReadOnlySpan<byte> attributes, ushort type)
    {
        var value = NetlinkAttributes.Find(attributes, type);
        return value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(value) : 0;
    }

    private static ulong Long(ReadOnlySpan<byte> attributes, ushort type)
    {
        var value = NetlinkAttributes.Find(attributes, type);
        return value.Length == sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(value) : 0;
    }
}
