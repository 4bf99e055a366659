using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Nftables.Listing;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>
/// nf_tables in memory: carries out the very bytes that would go to the kernel, whole or not at all, and refuses what the kernel
/// refuses, with its error numbers. <c>NftKernelContractTests</c> hold for it and for the real kernel alike.
/// </summary>
internal sealed class FakeNftables : INftKernel
{
    private readonly Dictionary<IpFamily, FakeNftTable> tables = [];
    private readonly List<(IpFamily Family, Action<string> Disturbed)> watchers = [];
    private uint generation = 1;

    /// <summary>How many of the next commits are refused.</summary>
    public int Failures { get; set; }

    /// <summary>Whether it tells of others' changes, as kernels do that are not short of memory.</summary>
    public bool CanBeWatched { get; set; } = true;

    /// <summary>What was committed, the latest last.</summary>
    public List<FakeNftCommit> Commits { get; } = [];

    /// <summary>The table of a family; null without one.</summary>
    public FakeNftTable? TableOf(IpFamily family) => tables.GetValueOrDefault(family);

    /// <summary>Changes a table as an administrator would, outside of any transaction of ours; null removes it.</summary>
    public void Change(IpFamily family, Func<FakeNftTable, FakeNftTable?> change)
    {
        Put(family, change(tables[family]));
        generation++;
        Tell(family, "nft, process 7");
    }

    /// <summary>Changes some table that is none of ours.</summary>
    public void ChangeElsewhere() => generation++;

    /// <summary>Loses what listeners should have been told, as the kernel does when they are slow.</summary>
    public void LoseNews(IpFamily family) => Tell(family, "");

    /// <summary>Lets the kernel note a client, as session affinity does; that is no transaction.</summary>
    public void Note(IpFamily family, string set, ValueArray<byte> client, ulong left)
    {
        var table = tables[family];
        var known = table.Sets[set];
        var element = new NftElementDeclaration(client, [], null) { Timeout = known.Declaration.Timeout, Expiration = left };
        tables[family] = table with { Sets = table.Sets.SetItem(set, known with { Elements = known.Elements.SetItem(client, element) }) };
    }

    /// <summary>Carries out a transaction of another program.</summary>
    public void CommitOfAnother(NftTransaction transaction)
    {
        var (family, table) = Execute(BatchOf(transaction, after: 1, out var last), last);
        Change(family, _ => table);
    }

    /// <inheritdoc/>
    public int Commit(NftTransaction transaction)
    {
        var batch = BatchOf(transaction, after: 1, out var last);
        if (Failures > 0)
        {
            Failures--;
            throw Refusal(batch, NftFault.Busy, last);
        }
        var (family, table) = Execute(batch, last);
        Put(family, table);
        generation++;
        Commits.Add(FakeNftCommit.Of(batch));
        return batch.Length;
    }

    /// <inheritdoc/>
    public void Check(NftTransaction transaction) => Execute(BatchOf(transaction, after: 0, out var last), last);

    /// <inheritdoc/>
    public uint Generation() => generation;

    /// <inheritdoc/>
    public bool HasTable(IpFamily family) => tables.ContainsKey(family);

    /// <inheritdoc/>
    public void Read(IpFamily family, INftVisitor visitor)
    {
        if (TableOf(family) is not { } table) return;
        foreach (var chain in table.Chains.Keys) visitor.Chain(chain);
        foreach (var rule in table.Chains.Values.SelectMany(chain => chain.Rules)) visitor.Rule(rule.Chain, rule.Expressions.Count);
        foreach (var set in table.Sets.Keys) ReadElements(family, set, visitor);
    }

    /// <inheritdoc/>
    public void ReadElements(IpFamily family, string set, INftVisitor visitor)
    {
        foreach (var element in TableOf(family)?.Sets.GetValueOrDefault(set)?.Elements.Values ?? [])
        {
            visitor.Element(set, new NftElement(element.Key.AsSpan(), element.Data.AsSpan(), System.Text.Encoding.UTF8.GetBytes(element.Verdict?.Chain ?? ""))
            {
                Timeout = element.Timeout,
                Expiration = element.Expiration,
            });
        }
    }

    /// <inheritdoc/>
    public IDisposable Watch(IpFamily family, Action<string> disturbed)
    {
        if (!CanBeWatched) throw new NftException("nf_tables cannot be watched", new InvalidOperationException());
        watchers.Add((family, disturbed));
        return new Watcher(() => watchers.Remove((family, disturbed)));
    }

    private void Tell(IpFamily family, string who)
    {
        foreach (var watcher in watchers.Where(watcher => watcher.Family == family).ToList()) watcher.Disturbed(who);
    }

    private static byte[] BatchOf(NftTransaction transaction, int after, out uint last)
    {
        var batch = new NetlinkWriter();
        transaction.WriteTo(batch);
        if (after == 0) batch.RemoveLast();
        last = batch.NumberAll(1, after);
        return batch.Written.ToArray();
    }

    private (IpFamily Family, FakeNftTable? Table) Execute(byte[] bytes, uint last)
    {
        var messages = new NetlinkMessages(bytes);
        Assert.True(messages.MoveNext());
        Assert.Equal(Wire.BatchBegin, messages.Type);
        FakeNftBatch? batch = null;
        var family = IpFamily.V4;
        while (messages.MoveNext() && messages.Type != Wire.BatchEnd)
        {
            Assert.Equal(messages.Sequence == last, messages.Flags.HasFlag(NetlinkFlags.Acknowledge));
            family = messages.Payload[0] == 2 ? IpFamily.V4 : IpFamily.V6;
            batch ??= new FakeNftBatch(family, TableOf(family));
            try
            {
                batch.Execute(messages);
                if (messages.Sequence == last) batch.Finish();
            }
            catch (NftFault fault)
            {
                throw Refusal(bytes, fault.Error, messages.Sequence);
            }
        }
        return (family, batch?.Table);
    }

    private static NftException Refusal(byte[] batch, int error, uint sequence)
    {
        var inner = new NetlinkBatchException(error, sequence, "");
        return new NftException($"the kernel refused the rules: {NftMessageText.Describe(batch, sequence)}: {inner.Message}", inner);
    }

    private void Put(IpFamily family, FakeNftTable? table)
    {
        if (table is null) tables.Remove(family);
        else tables[family] = table;
    }

    private sealed class Watcher(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
