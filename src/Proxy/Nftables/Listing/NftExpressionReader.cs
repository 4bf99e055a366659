using System.Buffers.Binary;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables.Listing;

/// <summary>Reads the expressions of a rule. Those that no rule of ours has are refused, not skipped.</summary>
internal static class NftExpressionReader
{
    private const uint FirstRegister = 8;
    private const uint VerdictRegister = 0;

    /// <exception cref="FormatException">There is an expression that it does not know.</exception>
    public static ValueArray<NftExpression> Read(ReadOnlySpan<byte> list)
    {
        var expressions = new List<NftExpression>();
        var items = new NetlinkAttributes(list);
        while (items.MoveNext())
        {
            var name = NftDecoder.Text(NetlinkAttributes.Find(items.Value, Wire.Expression.Name));
            expressions.Add(Read(name, NetlinkAttributes.Find(items.Value, Wire.Expression.Data)));
        }
        return [.. expressions];
    }

    /// <summary>Reads a verdict: its code, and the chain that it leads to.</summary>
    public static (int Code, string Chain) ReadVerdict(ReadOnlySpan<byte> verdict) =>
        ((int)Number(verdict, Wire.Data.VerdictCode), NftDecoder.Text(NetlinkAttributes.Find(verdict, Wire.Data.VerdictChain)));

    private static NftExpression Read(string name, ReadOnlySpan<byte> data) => name switch
    {
        "payload" => new NftExpression.Payload(Register(data, 1), Number(data, 2), (int)Number(data, 3), (int)Number(data, 4)),
        "meta" => ReadMeta(data),
        "ct" => new NftExpression.Conntrack(Register(data, 1), Number(data, 2)),
        "fib" => ReadFib(data),
        "bitwise" => new NftExpression.Bits(Register(data, 1), Register(data, 2), Value(data, 4), Value(data, 5)),
        "cmp" => new NftExpression.Compare(Register(data, 1), Number(data, 2) == 0, Value(data, 3)),
        "lookup" => ReadLookup(data),
        "immediate" => ReadImmediate(data),
        "numgen" => new NftExpression.Number(Register(data, 1), Number(data, 2), Number(data, 3) == 0),
        "dynset" => new NftExpression.Remember(NftDecoder.Text(NetlinkAttributes.Find(data, 1)), Register(data, 4)),
        "nat" => new NftExpression.Translate(Number(data, 2), Register(data, 3), Register(data, 5)),
        "masq" => new NftExpression.Masquerade(Number(data, 1)),
        "reject" => new NftExpression.Reject(NetlinkAttributes.Find(data, 2)[0]),
        _ => throw new FormatException($"no rule has the expression '{name}'"),
    };

    private static NftExpression ReadMeta(ReadOnlySpan<byte> data)
    {
        var key = Number(data, 2);
        if (!NetlinkAttributes.Find(data, 1).IsEmpty) return new NftExpression.Meta(Register(data, 1), key);
        return key == NftExpression.Meta.Mark ? new NftExpression.StoreMark(Register(data, 3)) : throw new FormatException($"no rule sets meta {key}");
    }

    private static NftExpression.AddressType ReadFib(ReadOnlySpan<byte> data)
    {
        const uint Source = 1;
        const uint Destination = 2;
        const uint Type = 3;
        var flags = Number(data, 3);
        if (Number(data, 2) != Type || flags is not (Source or Destination)) throw new FormatException($"no rule asks fib {Number(data, 2)} with the flags {flags}");
        return new NftExpression.AddressType(Register(data, 1), flags == Source);
    }

    private static NftExpression.Lookup ReadLookup(ReadOnlySpan<byte> data)
    {
        var (set, key) = (NftDecoder.Text(NetlinkAttributes.Find(data, 1)), Register(data, 2));
        if (NetlinkAttributes.Find(data, 3).IsEmpty) return new NftExpression.Lookup(set, key, null, false);
        return Number(data, 3) == VerdictRegister ? new NftExpression.Lookup(set, key, null, true) : new NftExpression.Lookup(set, key, Register(data, 3), false);
    }

    private static NftExpression ReadImmediate(ReadOnlySpan<byte> data)
    {
        if (Number(data, 1) != VerdictRegister) return new NftExpression.Constant(Register(data, 1), Value(data, 2));
        var (code, chain) = ReadVerdict(NetlinkAttributes.Find(NetlinkAttributes.Find(data, 2), Wire.Data.Verdict));
        return new NftExpression.Verdict(code, chain);
    }

    private static int Register(ReadOnlySpan<byte> data, ushort type)
    {
        var number = Number(data, type);
        return number >= FirstRegister ? (int)(number - FirstRegister) : throw new FormatException($"a value in register {number}");
    }

    private static ValueArray<byte> Value(ReadOnlySpan<byte> data, ushort type) =>
        [.. NetlinkAttributes.Find(NetlinkAttributes.Find(data, type), Wire.Data.Value)];

    private static uint Number(ReadOnlySpan<byte> data, ushort type)
    {
        var value = NetlinkAttributes.Find(data, type);
        return value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(value) : throw new FormatException($"attribute {type} has {value.Length} bytes in place of 4");
    }
}
