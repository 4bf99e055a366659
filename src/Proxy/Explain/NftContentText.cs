using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using MiniK8s.Proxy.Nftables;

namespace MiniK8s.Proxy.Explain;

/// <summary>
/// The content of a table as text, place by place: elements of sets and maps as nft writes them, of each chain its rules as numbers
/// of expressions. Clients that the kernel noted for session affinity are left out.
/// </summary>
/// <param name="family">The family of the table.</param>
/// <param name="withSlots">Whether an endpoint's slot is told. Which endpoint lies in which depends on what was there before, and no packet feels it.</param>
internal sealed class NftContentText(IpFamily family, bool withSlots) : INftVisitor
{
    private readonly SortedDictionary<string, List<string>> places = new(StringComparer.Ordinal);

    /// <summary>What is in each place.</summary>
    public IReadOnlyDictionary<string, List<string>> Places => places;

    /// <summary>The table that a model is written into.</summary>
    public static NftContentText Of(NftSettings settings, ProxyModel model, bool withSlots)
    {
        var transaction = new NftTransaction(settings.Family);
        NftTable.Create(settings, model, transaction);
        var batch = new NetlinkWriter();
        transaction.WriteTo(batch);
        var text = new NftContentText(settings.Family, withSlots);
        NftDecoder.Read(batch.Written, text);
        return text;
    }

    /// <inheritdoc/>
    public void Chain(string name) => ListOf($"chain {name}");

    /// <inheritdoc/>
    public void Rule(string chain, int expressions) => ListOf($"chain {chain}").Add($"a rule of {expressions} expressions");

    /// <inheritdoc/>
    public void Element(string set, NftElement element)
    {
        if (element.Expiration > 0 || NftSet.Find(set) is not { } known) return;
        var key = Fields(known.Key, element.Key);
        var value = known.GivesVerdicts ? $" : goto {Encoding.UTF8.GetString(element.Chain)}"
            : known.IsMap ? $" : {Fields(known.Data, element.Data)}" : "";
        ListOf($"{(known.IsMap ? "map" : "set")} {set}").Add(key + value);
    }

    private List<string> ListOf(string place)
    {
        if (!places.TryGetValue(place, out var list)) places[place] = list = [];
        return list;
    }

    private string Fields(NftField[] fields, ReadOnlySpan<byte> bytes)
    {
        var words = new List<string>();
        foreach (var field in fields)
        {
            var size = field == NftField.Address ? family.AddressBits / 8 : sizeof(uint);
            if (bytes.Length < size) break;
            if (field != NftField.Number || withSlots) words.Add(Text(field, bytes[..size]));
            bytes = bytes[size..];
        }
        return string.Join(" . ", words);
    }

    private static string Text(NftField field, ReadOnlySpan<byte> bytes) => field switch
    {
        NftField.Address => new IPAddress(bytes).ToString(),
        NftField.Protocol => NameOf(bytes[0]),
        NftField.Port => BinaryPrimitives.ReadUInt16BigEndian(bytes).ToString(CultureInfo.InvariantCulture),
        _ => $"slot {BitConverter.ToUInt32(bytes)}",
    };

    private static string NameOf(byte number)
    {
        foreach (var protocol in Enum.GetValues<TransportProtocol>())
        {
            if (protocol.Number() == number) return protocol.LowerName();
        }
        return number.ToString(CultureInfo.InvariantCulture);
    }
}
