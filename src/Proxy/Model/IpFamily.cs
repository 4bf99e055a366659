using System.Net;
using System.Net.Sockets;
using MiniK8s.Api.Networking;

namespace MiniK8s.Proxy.Model;

/// <summary>One of the two families of addresses. Each is programmed on its own: there is no translation between them.</summary>
/// <param name="Name">As ipFamilies and addressType name it: <c>IPv4</c> or <c>IPv6</c>.</param>
/// <param name="AddressFamily">The socket family.</param>
/// <param name="AddressBits">Bits of an address: the prefix length of a single host.</param>
internal sealed record IpFamily(string Name, AddressFamily AddressFamily, int AddressBits)
{
    public static IpFamily V4 { get; } = new("IPv4", AddressFamily.InterNetwork, 32);

    public static IpFamily V6 { get; } = new("IPv6", AddressFamily.InterNetworkV6, 128);

    public bool Contains(IPAddress address) => address.AddressFamily == AddressFamily;

    /// <summary>
    /// Reads an address of this family into its one form. Leading zeros, which objects of older servers may hold, count as
    /// decimal as they do in Kubernetes, never as octal.
    /// </summary>
    public bool TryParse(string? text, out IPAddress address) =>
        IpText.TryParse(WithoutLeadingZeros(text), out address) && Contains(address);

    /// <summary>Reads a block of this family; blanks around it and bits after the prefix are dropped.</summary>
    public bool TryParse(string? text, out IPNetwork block)
    {
        block = default;
        var parts = (text ?? "").Trim().Split('/');
        if (parts.Length != 2 || !TryParse(parts[0], out IPAddress address)) return false;
        if (!int.TryParse(parts[1], out var length) || length < 0 || length > AddressBits) return false;
        block = new IPNetwork(Masked(address, length), length);
        return true;
    }

    private static string? WithoutLeadingZeros(string? text)
    {
        if (text is null || text.Contains(':', StringComparison.Ordinal) || !HasLeadingZeros(text)) return text;
        return string.Join('.', text.Split('.').Select(part => part.Length > 1 ? part.TrimStart('0').PadLeft(1, '0') : part));
    }

    private static bool HasLeadingZeros(ReadOnlySpan<char> text) => text.StartsWith('0') || text.IndexOf(".0") >= 0;

    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPAddress(bytes);
    }
}
