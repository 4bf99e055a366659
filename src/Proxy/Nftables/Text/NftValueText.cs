using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables.Listing;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables.Text;

/// <summary>Keys, values and spans of time as nft writes them.</summary>
internal static class NftValueText
{
    /// <summary>The name that nft has for a type.</summary>
    public static string NameOf(uint type) => type switch
    {
        Wire.DataType.Verdict => "verdict",
        Wire.DataType.Ipv4Address => "ipv4_addr",
        Wire.DataType.Ipv6Address => "ipv6_addr",
        Wire.DataType.Protocol => "inet_proto",
        Wire.DataType.Service => "inet_service",
        Wire.DataType.Mark => "mark",
        _ => throw new FormatException($"no set has fields of type {type}"),
    };

    /// <summary>Bytes that a field of a type takes in a row.</summary>
    public static int LengthOf(uint type) => type == Wire.DataType.Ipv6Address ? 16 : sizeof(uint);

    /// <summary>A row of types, such as <c>ipv4_addr . inet_service</c>.</summary>
    public static string NamesOf(ValueArray<uint> types) => string.Join(" . ", ((IEnumerable<uint>)types).Select(NameOf));

    /// <summary>A row of values, such as <c>10.96.0.1 . tcp . 80</c>.</summary>
    public static string Of(ReadOnlySpan<byte> value, ValueArray<uint> types)
    {
        var text = new StringBuilder();
        foreach (var type in types)
        {
            if (text.Length > 0) text.Append(" . ");
            text.Append(Of(value, type));
            value = value[LengthOf(type)..];
        }
        return text.ToString();
    }

    /// <summary>An element with its value or verdict, if it has one.</summary>
    public static string Of(NftElementDeclaration element, NftSetDeclaration set)
    {
        var key = Of(element.Key.AsSpan(), set.KeyTypes);
        if (!set.IsMap) return key;
        return $"{key} : {(element.Verdict is { } verdict ? Of(verdict) : Of(element.Data.AsSpan(), set.DataTypes))}";
    }

    /// <summary>A verdict.</summary>
    public static string Of(NftExpression.Verdict verdict) => verdict.Code switch
    {
        Wire.Verdict.Drop => "drop",
        Wire.Verdict.Accept => "accept",
        Wire.Verdict.Return => "return",
        Wire.Verdict.Jump => $"jump {verdict.Chain}",
        Wire.Verdict.Goto => $"goto {verdict.Chain}",
        _ => throw new FormatException($"no rule has the verdict {verdict.Code}"),
    };

    /// <summary>A number of four bytes, as nft writes marks.</summary>
    public static string Hex(uint value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x8}");

    /// <summary>A span of time, such as <c>3h</c> or <c>1m30s</c>.</summary>
    public static string Duration(ulong milliseconds)
    {
        var span = TimeSpan.FromMilliseconds(milliseconds);
        var text = new StringBuilder();
        foreach (var (number, unit) in (ReadOnlySpan<(int, string)>)[(span.Days, "d"), (span.Hours, "h"), (span.Minutes, "m"), (span.Seconds, "s"), (span.Milliseconds, "ms")])
        {
            if (number > 0) text.Append(CultureInfo.InvariantCulture, $"{number}{unit}");
        }
        return text.ToString();
    }

    private static string Of(ReadOnlySpan<byte> value, uint type) => type switch
    {
        Wire.DataType.Protocol => value[0] switch
        {
            6 => "tcp",
            17 => "udp",
            132 => "sctp",
            var other => other.ToString(CultureInfo.InvariantCulture),
        },
        Wire.DataType.Service => BinaryPrimitives.ReadUInt16BigEndian(value).ToString(CultureInfo.InvariantCulture),
        Wire.DataType.Mark => Hex(BitConverter.ToUInt32(value)),
        _ => new IPAddress(value[..LengthOf(type)]).ToString(),
    };
}
