using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// Names of what belongs to one Service port: eight characters that tell it from all others, and enough of its own name to be
/// read. At most 110 characters, so that with what is put before and behind it stays below the kernel's limit of 255.
/// </summary>
internal static class NftNames
{
    private const int MostReadable = 100;

    public static string Of(ServicePortName name)
    {
        var readable = $"{name.Namespace}/{name.Service}/{name.Protocol.LowerName()}/{name.Port}".TrimEnd('/');
        return $"{Mark($"{name}{name.Protocol.LowerName()}")}-{(readable.Length > MostReadable ? readable[..MostReadable] : readable)}";
    }

    /// <summary>Eight characters that stand for a text.</summary>
    public static string Mark(string text) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>An address as part of a name: nft takes no colons there.</summary>
    public static string Of(System.Net.IPAddress address) => address.ToString().Replace(':', '_');
}
