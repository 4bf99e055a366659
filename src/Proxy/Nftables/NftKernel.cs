using System.ComponentModel;
using System.Net.Sockets;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables;

/// <summary>nf_tables of the running kernel over netlink, without any program in between, in the network namespace that <paramref name="open"/> opens its socket in.</summary>
internal sealed class NftKernel(Func<NetlinkSocket> open) : INftKernel, IDisposable
{
    /// <summary>A buffer that everything was written with is not kept for the small changes that follow.</summary>
    private const int KeptBuffer = 1 << 20;
    private const int NoSuchThing = 2;
    private NetlinkSocket? socket;
    private NetlinkWriter batch = new(1 << 14);
    private uint sequence = 1;

    /// <summary>nf_tables of the namespace that the process runs in.</summary>
    public NftKernel()
        : this(static () => new NetlinkSocket(Wire.Protocol))
    {
    }

    private NetlinkSocket Socket => socket ??= open();

    /// <inheritdoc/>
    public int Commit(NftTransaction transaction)
    {
        batch.Clear();
        transaction.WriteTo(batch);
        var length = batch.Length;
        try
        {
            Send(after: 1);
            return length;
        }
        finally
        {
            if (length > KeptBuffer) batch = new NetlinkWriter(1 << 14);
        }
    }

    /// <inheritdoc/>
    public void Check(NftTransaction transaction)
    {
        // A batch that does not end is checked in full and then dropped.
        batch.Clear();
        transaction.WriteTo(batch);
        batch.RemoveLast();
        Send(after: 0);
    }

    /// <inheritdoc/>
    public uint Generation()
    {
        var generation = 0u;
        Ask(new NetlinkMessage(Wire.GetGeneration, NetlinkFlags.Acknowledge).Netfilter(0), (type, payload) =>
        {
            var value = NetlinkAttributes.Find(payload[4..], Wire.GenerationId);
            if (value.Length == sizeof(uint)) generation = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(value);
        });
        return generation;
    }

    /// <inheritdoc/>
    public bool HasTable(IpFamily family)
    {
        try
        {
            Ask(new NetlinkMessage(Wire.GetTable, NetlinkFlags.Acknowledge).Netfilter(WireOf(family)).Text(Wire.Table.Name, NftTransaction.TableName), static (_, _) => { });
            return true;
        }
        catch (NftException e) when (e.InnerException is Win32Exception { NativeErrorCode: NoSuchThing })
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Read(IpFamily family, INftVisitor visitor)
    {
        if (!HasTable(family)) return;
        Dump(new NetlinkMessage(Wire.GetChain, NetlinkFlags.Dump).Netfilter(WireOf(family)), family, visitor);
        Dump(new NetlinkMessage(Wire.GetRule, NetlinkFlags.Dump).Netfilter(WireOf(family)).Text(Wire.Rule.Table, NftTransaction.TableName), family, visitor);
        foreach (var set in SetsOf(family)) ReadElements(family, set, visitor);
    }

    /// <inheritdoc/>
    public void ReadElements(IpFamily family, string set, INftVisitor visitor)
    {
        try
        {
            Dump(
                new NetlinkMessage(Wire.GetElement, NetlinkFlags.Dump).Netfilter(WireOf(family)).Text(Wire.Element.ListTable, NftTransaction.TableName).Text(Wire.Element.ListSet, set),
                family,
                visitor);
        }
        catch (NftException e) when (e.InnerException is Win32Exception { NativeErrorCode: NoSuchThing })
        {
            // A table of an older layout, or none.
        }
    }

    /// <inheritdoc/>
    public IDisposable Watch(IpFamily family, Action<string> disturbed)
    {
        try
        {
            return new NftMonitor(open(), Socket.Port, family, disturbed);
        }
        catch (Exception e) when (e is SocketException or Win32Exception)
        {
            throw new NftException($"nf_tables cannot be watched: {e.Message}", e);
        }
    }

    private List<string> SetsOf(IpFamily family)
    {
        var sets = new List<string>();
        Ask(new NetlinkMessage(Wire.GetSet, NetlinkFlags.Dump).Netfilter(WireOf(family)).Text(Wire.Set.Table, NftTransaction.TableName), (type, payload) =>
        {
            if (type == Wire.NewSet) sets.Add(NftDecoder.Text(NetlinkAttributes.Find(payload[4..], Wire.Set.Name)));
        });
        return sets;
    }

    public void Dispose() => socket?.Dispose();

    private static byte WireOf(IpFamily family) => (byte)(family == IpFamily.V4 ? 2 : 10);

    /// <summary>Chains are dumped of all tables; the attribute that names theirs is the first of all kinds of messages.</summary>
    private void Dump(NetlinkMessage message, IpFamily family, INftVisitor visitor) => Ask(message, (type, payload) =>
    {
        if (payload[0] != WireOf(family)) return;
        if (NftDecoder.Text(NetlinkAttributes.Find(payload[4..], Wire.Chain.Table)) == NftTransaction.TableName) NftDecoder.Read(type, payload, visitor);
    });

    private void Send(int after)
    {
        var first = sequence;
        var last = batch.NumberAll(first, after);
        sequence = last + 16;
        try
        {
            Socket.Send(batch.Written, first, last);
        }
        catch (NetlinkBatchException e)
        {
            throw new NftException($"the kernel refused the rules: {NftMessageText.Describe(batch.Written, e.Sequence)}: {e.Message}", e);
        }
        catch (Exception e) when (e is SocketException or Win32Exception)
        {
            Close();
            throw new NftException($"nf_tables cannot be reached: {e.Message}", e);
        }
    }

    private void Ask(NetlinkMessage message, NetlinkSocket.TypedAnswer answer)
    {
        try
        {
            Socket.Ask(message, answer);
        }
        catch (Exception e) when (e is SocketException or Win32Exception)
        {
            Close();
            throw new NftException($"nf_tables cannot be read: {e.Message}", e);
        }
    }

    /// <summary>What is still to come on a socket that failed must not be taken for an answer to what is asked next.</summary>
    private void Close()
    {
        socket?.Dispose();
        socket = null;
    }
}
