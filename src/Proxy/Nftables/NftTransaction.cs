using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// Changes of one table that take effect together or not at all, in the order in which the kernel can take them: first the
/// table, sets and new chains, then elements that go, then elements that come, last chains that go. Elements of one set travel
/// in as few messages as they fit into.
/// </summary>
/// <param name="family">The family of the table.</param>
internal sealed class NftTransaction(IpFamily family)
{
    /// <summary>The table's name, in either family.</summary>
    public const string TableName = "minik8s-proxy";

    /// <summary>What nft shows with the table.</summary>
    public const string TableComment = "Services, by the MiniK8s proxy";

    /// <summary>A set of so many elements takes the kernel 16 KiB when it is empty, and few clusters need more.</summary>
    private const int LeastRoom = 1024;

    private readonly NetlinkWriter structure = new();
    private readonly NetlinkWriter removals = new();
    private readonly ElementLists added = new(Wire.NewElement);
    private readonly ElementLists deleted = new(Wire.DeleteElement);
    private readonly List<(NftSet Set, int Room)> sets = [];
    private readonly byte wireFamily = (byte)(family == IpFamily.V4 ? 2 : 10);

    /// <summary>Tables, chains, rules, sets and elements that are made or removed.</summary>
    public int Objects { get; private set; }

    /// <summary>Elements that come and stay; those that expire are not counted.</summary>
    public int ElementsAdded { get; private set; }

    /// <summary>Elements that go.</summary>
    public int ElementsDeleted { get; private set; }

    /// <summary>How many elements there are more, or fewer, after it.</summary>
    public int ElementChange => ElementsAdded - ElementsDeleted;

    /// <summary>How many chains there are more, or fewer, after it.</summary>
    public int ChainChange { get; private set; }

    /// <summary>Whether elements come or go, or chains or sets go.</summary>
    public bool HasContent => removals.Length > 0 || added.Any || deleted.Any;

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Objects == 0;

    /// <summary>Begins anew, keeping the buffers.</summary>
    public void Clear()
    {
        structure.Clear();
        removals.Clear();
        added.Clear();
        deleted.Clear();
        sets.Clear();
        (Objects, ElementsAdded, ElementsDeleted, ChainChange) = (0, 0, 0, 0);
    }

    /// <summary>Makes the table anew: whatever of that name is there goes.</summary>
    public void ReplaceTable()
    {
        NewTable();
        DeleteTable();
        NewTable();
    }

    /// <summary>Removes the table, which must be there.</summary>
    public void DeleteTable()
    {
        Begin(structure, Wire.DeleteTable, NetlinkFlags.None);
        structure.Text(Wire.Table.Name, TableName);
        structure.End();
    }

    /// <summary>Makes the table if it is not there.</summary>
    public void NewTable()
    {
        Begin(structure, Wire.NewTable, NetlinkFlags.Create);
        structure.Text(Wire.Table.Name, TableName);
        NftUserData.Comment(structure, Wire.Table.UserData, TableComment);
        structure.End();
    }

    /// <summary>Makes a set or map.</summary>
    public void NewSet(NftSet set)
    {
        Begin(structure, Wire.NewSet, NetlinkFlags.Create);
        sets.Add((set, NftSetMessage.Write(structure, TableName, set, family, (uint)sets.Count + 1)));
        structure.End();
    }

    /// <summary>
    /// Gives each set that is made here room for what is put into it, and for as much again. A set that is bounded is a hash table of
    /// fixed size to the kernel, filled and changed in half the time of one that grows. Who adds more than fits is refused
    /// (<see cref="NftException.IsForRoom"/>), and may write everything anew. Sets in which the kernel itself writes have their bound.
    /// </summary>
    public void MakeRoom()
    {
        foreach (var (set, room) in sets)
        {
            if (set.Timeout is null) structure.Replace(room, (uint)Math.Max(LeastRoom, 2 * added.CountOf(set)));
        }
    }

    /// <summary>Makes a chain that other chains lead to.</summary>
    public void NewChain(string chain)
    {
        ChainChange++;
        Begin(structure, Wire.NewChain, NetlinkFlags.Create);
        structure.Text(Wire.Chain.Table, TableName);
        structure.Text(Wire.Chain.Name, chain);
        structure.End();
    }

    /// <summary>Makes a chain that packets pass.</summary>
    public void NewChain(NftBaseChain chain)
    {
        ChainChange++;
        Begin(structure, Wire.NewChain, NetlinkFlags.Create);
        structure.Text(Wire.Chain.Table, TableName);
        structure.Text(Wire.Chain.Name, chain.Name);
        var hook = structure.BeginNested(Wire.Chain.Hook);
        structure.BigEndian(Wire.Chain.HookNumber, (uint)chain.Hook);
        structure.BigEndian(Wire.Chain.HookPriority, (uint)chain.Priority);
        structure.EndNested(hook);
        structure.BigEndian(Wire.Chain.Policy, (uint)Wire.Verdict.Accept);
        structure.Text(Wire.Chain.Type, chain.Type);
        structure.End();
    }

    /// <summary>Adds a rule to the end of a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="expressions">Writes what it consists of.</param>
    /// <param name="comment">Shown by nft; null for none.</param>
    public void AddRule(string chain, Action<NftExpressions> expressions, string? comment = null)
    {
        Begin(structure, Wire.NewRule, NetlinkFlags.Create | NetlinkFlags.Append);
        structure.Text(Wire.Rule.Table, TableName);
        structure.Text(Wire.Rule.Chain, chain);
        var list = structure.BeginNested(Wire.Rule.Expressions);
        expressions(new NftExpressions(structure, family));
        structure.EndNested(list);
        if (comment is not null) NftUserData.Comment(structure, Wire.Rule.UserData, comment);
        structure.End();
    }

    /// <summary>Removes a chain with its rules, at the end of the transaction: nothing may lead to it any more by then.</summary>
    public void DeleteChain(string chain)
    {
        ChainChange--;
        Begin(removals, Wire.DeleteChain, NetlinkFlags.None);
        removals.Text(Wire.Chain.Table, TableName);
        removals.Text(Wire.Chain.Name, chain);
        removals.End();
    }

    /// <summary>Removes all rules of a chain, for others to be added.</summary>
    public void FlushChain(string chain)
    {
        Begin(structure, Wire.DeleteRule, NetlinkFlags.None);
        structure.Text(Wire.Rule.Table, TableName);
        structure.Text(Wire.Rule.Chain, chain);
        structure.End();
    }

    /// <summary>Removes a set, at the end of the transaction: no rule may look into it any more by then.</summary>
    public void DeleteSet(NftSet set)
    {
        Begin(removals, Wire.DeleteSet, NetlinkFlags.None);
        removals.Text(Wire.Set.Table, TableName);
        removals.Text(Wire.Set.Name, set.Name);
        removals.End();
    }

    /// <summary>Adds an element. One of the same key may be deleted in the same transaction; it goes first.</summary>
    public void Add(NftSet set, ReadOnlySpan<byte> key, ReadOnlySpan<byte> data = default)
    {
        ElementsAdded++;
        var list = Open(added, set);
        var at = list.Writer.BeginNested(Wire.ListItem);
        WriteValue(list.Writer, Wire.Element.Key, key);
        if (!data.IsEmpty) WriteValue(list.Writer, Wire.Element.Data, data);
        list.Writer.EndNested(at);
    }

    /// <summary>Adds an element that leads to a chain.</summary>
    public void AddGoto(NftSet set, ReadOnlySpan<byte> key, string chain)
    {
        ElementsAdded++;
        var list = Open(added, set);
        var at = list.Writer.BeginNested(Wire.ListItem);
        WriteValue(list.Writer, Wire.Element.Key, key);
        var data = list.Writer.BeginNested(Wire.Element.Data);
        NftExpressions.WriteVerdict(list.Writer, Wire.Verdict.Goto, chain);
        list.Writer.EndNested(data);
        list.Writer.EndNested(at);
    }

    /// <summary>Adds an element that expires.</summary>
    /// <param name="set">The set.</param>
    /// <param name="key">The key.</param>
    /// <param name="left">How long it still lives, in milliseconds.</param>
    public void AddExpiring(NftSet set, ReadOnlySpan<byte> key, ulong left)
    {
        var list = Open(added, set);
        var at = list.Writer.BeginNested(Wire.ListItem);
        WriteValue(list.Writer, Wire.Element.Key, key);
        list.Writer.BigEndian(Wire.Element.Expiration, left);
        list.Writer.EndNested(at);
    }

    /// <summary>Deletes an element, which must be there.</summary>
    public void Delete(NftSet set, ReadOnlySpan<byte> key)
    {
        ElementsDeleted++;
        var list = Open(deleted, set);
        var at = list.Writer.BeginNested(Wire.ListItem);
        WriteValue(list.Writer, Wire.Element.Key, key);
        list.Writer.EndNested(at);
    }

    /// <summary>
    /// Takes out what makes sets, chains and rules, as a transaction that must be carried out first. A packet on its way goes by the rules
    /// that were there when it came, but by the elements of the moment: it must not be led to a chain that, for it, has no rules yet.
    /// </summary>
    /// <returns>Null when there is nothing of the kind.</returns>
    public NftTransaction? TakeStructure()
    {
        if (structure.Length == 0) return null;
        var ahead = new NftTransaction(family) { Objects = 1 };
        ahead.structure.Append(structure);
        structure.Clear();
        sets.Clear();
        return ahead;
    }

    /// <summary>All messages in their order, between those that begin and end a batch.</summary>
    public void WriteTo(NetlinkWriter batch)
    {
        batch.Begin(Wire.BatchBegin, NetlinkFlags.None);
        batch.Netfilter(0, Wire.Subsystem);
        batch.End();
        batch.Append(structure);
        deleted.WriteTo(batch);
        added.WriteTo(batch);
        batch.Append(removals);
        batch.Begin(Wire.BatchEnd, NetlinkFlags.None);
        batch.Netfilter(0, Wire.Subsystem);
        batch.End();
    }

    private static void WriteValue(NetlinkWriter writer, ushort type, ReadOnlySpan<byte> value)
    {
        var at = writer.BeginNested(type);
        writer.Attribute(Wire.Data.Value, value);
        writer.EndNested(at);
    }

    private void Begin(NetlinkWriter writer, ushort type, NetlinkFlags flags)
    {
        Objects++;
        writer.Begin(type, flags);
        writer.Netfilter(wireFamily);
    }

    private ElementList Open(ElementLists lists, NftSet set)
    {
        Objects++;
        var list = lists.Of(set);
        list.Open(wireFamily);
        return list;
    }
}
