using MiniK8s.Proxy.Netlink;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables;

/// <summary>Elements that all come or all go, by set.</summary>
/// <param name="type">The type of the messages that they travel in.</param>
internal sealed class ElementLists(ushort type)
{
    private readonly Dictionary<string, ElementList> lists = new(StringComparer.Ordinal);
    private readonly List<ElementList> used = [];

    /// <summary>Whether there are any elements.</summary>
    public bool Any => used.Count > 0;

    /// <summary>The list of a set.</summary>
    public ElementList Of(NftSet set)
    {
        if (!lists.TryGetValue(set.Name, out var list)) lists[set.Name] = list = new ElementList(set.Name, type);
        if (!list.IsUsed) used.Add(list);
        return list;
    }

    /// <summary>How many elements of a set there are.</summary>
    public int CountOf(NftSet set) => lists.TryGetValue(set.Name, out var list) ? list.Count : 0;

    /// <summary>Begins anew, keeping the buffers of sets that are always there.</summary>
    public void Clear()
    {
        foreach (var list in used) list.Clear();
        used.Clear();
        if (lists.Count > MostKept) lists.Clear();
    }

    /// <summary>Adds the messages of all lists.</summary>
    public void WriteTo(NetlinkWriter batch)
    {
        foreach (var list in used) batch.Append(list.Finish());
    }

    private const int MostKept = 200;
}

/// <summary>Elements of one set, in as few messages as they fit into.</summary>
internal sealed class ElementList(string set, ushort type)
{
    /// <summary>An attribute's length has two bytes; what is left is room for one more element.</summary>
    private const int FullMessage = 65_000;

    private int elements = -1;

    public NetlinkWriter Writer { get; } = new();

    /// <summary>Whether there is anything.</summary>
    public bool IsUsed => Writer.Length > 0;

    /// <summary>How many elements there are.</summary>
    public int Count { get; private set; }

    public void Clear()
    {
        Writer.Clear();
        (elements, Count) = (-1, 0);
    }

    /// <summary>Makes ready for one more element.</summary>
    public void Open(byte family)
    {
        Count++;
        if (elements >= 0 && Writer.MessageLength < FullMessage) return;
        Finish();
        Writer.Begin(type, type == Wire.NewElement ? NetlinkFlags.Create : NetlinkFlags.None);
        Writer.Netfilter(family);
        Writer.Text(Wire.Element.ListTable, NftTransaction.TableName);
        Writer.Text(Wire.Element.ListSet, set);
        elements = Writer.BeginNested(Wire.Element.ListElements);
    }

    /// <summary>Ends the message that is being written.</summary>
    public NetlinkWriter Finish()
    {
        if (elements < 0) return Writer;
        Writer.EndNested(elements);
        Writer.End();
        elements = -1;
        return Writer;
    }
}
