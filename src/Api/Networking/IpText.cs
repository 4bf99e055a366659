using System.Net;
using System.Net.Sockets;

namespace MiniK8s.Api.Networking;

/// <summary>
/// IP addresses as text, read strictly: four decimal parts without leading zeros, or RFC 4291 without a zone. What two parsers
/// could read as two addresses is refused (KEP-4858, CVE-2021-29923).
/// </summary>
public static class IpText
{
    /// <summary>Reads an address; false for anything that is not exactly one address.</summary>
    public static bool TryParse(string? text, out IPAddress address)
    {
        address = IPAddress.None;
        if (string.IsNullOrEmpty(text)) return false;
        if (!(text.Contains(':', StringComparison.Ordinal) ? IsPlainV6(text) : IsPlainV4(text))) return false;
        if (!IPAddress.TryParse(text, out var parsed)) return false;
        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }

    /// <summary>Whether the text is an address.</summary>
    public static bool IsValid(string? text) => TryParse(text, out _);

    /// <summary>Whether the text is an IPv4 address.</summary>
    public static bool IsV4(string? text) => TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork;

    /// <summary>Whether the text is an IPv6 address.</summary>
    public static bool IsV6(string? text) => TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary><c>IPv4</c> or <c>IPv6</c>, the names of ipFamilies and addressType; empty for what is no address.</summary>
    public static string FamilyOf(string? text) => !TryParse(text, out var address) ? "" : FamilyOf(address);

    /// <summary><c>IPv4</c> or <c>IPv6</c>.</summary>
    public static string FamilyOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? "IPv4" : "IPv6";

    /// <summary>The one text of an address however it was written, so that texts can be compared; what is no address stays as it is.</summary>
    public static string Canonical(string text) => TryParse(text, out var address) ? address.ToString() : text;

    private static bool IsPlainV6(string text) => !text.Contains('%', StringComparison.Ordinal) && !text.StartsWith('[') && !text.Contains('/', StringComparison.Ordinal);

    private static bool IsPlainV4(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            if (++parts > 4 || !IsPlainPart(text[range])) return false;
        }

        return parts == 4;
    }

    private static bool IsPlainPart(ReadOnlySpan<char> part) =>
        part.Length is >= 1 and <= 3 && !part.ContainsAnyExceptInRange('0', '9') && (part.Length == 1 || part[0] != '0');
}
