using System.Text;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Nftables.Text;

namespace MiniK8s.Proxy.Explain;

/// <summary>
/// The content of a table as text, place by place: elements of sets and maps as nft writes them, of each chain its rules as numbers
/// of expressions. Clients that the kernel noted for session affinity are left out.
/// </summary>
/// <param name="family">The family of the table.</param>
internal sealed class NftContentText(IpFamily family) : INftVisitor
{
    private readonly SortedDictionary<string, List<string>> places = new(StringComparer.Ordinal);

    /// <summary>What is in each place.</summary>
    public IReadOnlyDictionary<string, List<string>> Places => places;

    /// <summary>The table that a model is written into.</summary>
    public static NftContentText Of(NftSettings settings, ProxyModel model)
    {
        var transaction = new NftTransaction(settings.Family);
        NftTable.Create(settings, model, transaction);
        var batch = new NetlinkWriter();
        transaction.WriteTo(batch);
        var text = new NftContentText(settings.Family);
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

    /// <summary>A row of values but for slots, which no packet feels: which endpoint lies in which depends on what was there before.</summary>
    private string Fields(NftField[] fields, ReadOnlySpan<byte> bytes)
    {
        var words = new List<string>();
        foreach (var field in fields)
        {
            var type = NftSetMessage.TypeOf(field, family);
            if (bytes.Length < NftValueText.LengthOf(type)) break;
            if (field != NftField.Number) words.Add(NftValueText.Of(bytes, [type]));
            bytes = bytes[NftValueText.LengthOf(type)..];
        }
        return string.Join(" . ", words);
    }
}
