using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MiniK8s.Api.Networking;

/// <summary>
/// A block of addresses that Services may have. The network address is not usable, nor is the broadcast address of an IPv4
/// block; of an IPv6 block only the first 2^16 addresses are used.
/// </summary>
public sealed record IpRange
{
    private const int StaticLeast = 16;
    private const int StaticMost = 256;
    private const int StaticShare = 16;
    private const long LargestV6 = 1L << 16;

    private readonly UInt128 network;
    private readonly int hostBits;

    private IpRange(UInt128 network, int prefixLength, AddressFamily family)
    {
        this.network = network;
        PrefixLength = prefixLength;
        Family = family;
        hostBits = (family == AddressFamily.InterNetwork ? 32 : 128) - prefixLength;
        Count = family == AddressFamily.InterNetwork
            ? Math.Max(0, (1L << hostBits) - 2)
            : (hostBits >= 16 ? LargestV6 : 1L << hostBits) - 1;
        StaticCount = StaticBand();
    }

    /// <summary>Length of the prefix in bits.</summary>
    public int PrefixLength { get; }

    /// <summary>IPv4 or IPv6.</summary>
    public AddressFamily Family { get; }

    /// <summary><c>IPv4</c> or <c>IPv6</c>, as ipFamilies names it.</summary>
    public string FamilyName => Family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";

    /// <summary>How many addresses are usable.</summary>
    public long Count { get; }

    /// <summary>
    /// How many of the first usable addresses are left to users who name one; automatic choice takes them last
    /// (KEP-3070: min(max(16, size/16), 256), and 0 for blocks of 16 and fewer).
    /// </summary>
    public int StaticCount { get; }

    /// <summary>The first usable address, which the Service <c>kubernetes</c> has.</summary>
    public IPAddress First => At(0);

    /// <summary>Reads <c>10.96.0.0/16</c>; bits after the prefix are dropped.</summary>
    /// <exception cref="FormatException">The text is no CIDR.</exception>
    public static IpRange Parse(string text) =>
        TryParse(text, out var range) ? range : throw new FormatException($"\"{text}\" is no CIDR such as 10.96.0.0/16");

    /// <summary>Reads <c>10.96.0.0/16</c>; bits after the prefix are dropped.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out IpRange? range)
    {
        range = null;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0 || !IpText.TryParse(text![..slash], out var address)) return false;
        var digits = text[(slash + 1)..];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)) return false;
        if (digits.Length > 1 && digits[0] == '0') return false;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (length > bits) return false;
        var mask = length == 0 ? UInt128.Zero : UInt128.MaxValue << (bits - length);
        range = new IpRange(ToNumber(address) & mask, length, address.AddressFamily);
        return true;
    }

    /// <summary>The usable address with this number, from 0.</summary>
    public IPAddress At(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return FromNumber(network + (UInt128)index + 1);
    }

    /// <summary>Whether the address is in the block, usable or not.</summary>
    public bool Contains(IPAddress address) => address.AddressFamily == Family && ToNumber(address) >> hostBits == network >> hostBits;

    /// <summary>Whether the address is one of the usable ones.</summary>
    public bool IsUsable(IPAddress address)
    {
        if (!Contains(address)) return false;
        var offset = ToNumber(address) - network;
        return offset >= 1 && offset <= (UInt128)Count;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{FromNumber(network)}/{PrefixLength}";

    private int StaticBand()
    {
        var size = hostBits >= 62 ? long.MaxValue : 1L << hostBits;
        return size <= StaticLeast ? 0 : (int)Math.Clamp(size / StaticShare, StaticLeast, StaticMost);
    }

    private static UInt128 ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return written == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private IPAddress FromNumber(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (Family != AddressFamily.InterNetwork)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
            return new IPAddress(bytes);
        }
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)number);
        return new IPAddress(bytes[..4]);
    }
}
