using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using MiniK8s.Proxy.Nftables;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>Takes down what goes through it to the kernel, while it is asked to.</summary>
internal interface IRecorder
{
    /// <summary>Where it goes; null for nowhere.</summary>
    List<Piece>? Tape { get; set; }
}

/// <summary>The kernel's nf_tables, with a tape.</summary>
internal sealed class RecordingKernel(INftKernel kernel) : INftKernel, IRecorder
{
    /// <inheritdoc/>
    public List<Piece>? Tape { get; set; }

    /// <inheritdoc/>
    public int Commit(NftTransaction transaction)
    {
        if (Tape is null) return kernel.Commit(transaction);
        var batch = new NetlinkWriter();
        transaction.WriteTo(batch);
        var last = batch.NumberAll(1, 1);
        Tape.Add(new Piece(batch.Written.ToArray(), 1, last, batch.Messages));
        return kernel.Commit(transaction);
    }

    /// <inheritdoc/>
    public void Check(NftTransaction transaction) => kernel.Check(transaction);

    /// <inheritdoc/>
    public uint Generation() => kernel.Generation();

    /// <inheritdoc/>
    public bool HasTable(IpFamily family) => kernel.HasTable(family);

    /// <inheritdoc/>
    public void Read(IpFamily family, INftVisitor visitor) => kernel.Read(family, visitor);

    /// <inheritdoc/>
    public void ReadElements(IpFamily family, string set, INftVisitor visitor) => kernel.ReadElements(family, set, visitor);

    /// <inheritdoc/>
    public IDisposable Watch(IpFamily family, Action<string> disturbed) => kernel.Watch(family, disturbed);
}

/// <summary>iptables, with a tape.</summary>
internal sealed class RecordingApplier(IRuleApplier applier) : IRuleApplier, IRecorder
{
    /// <inheritdoc/>
    public List<Piece>? Tape { get; set; }

    /// <inheritdoc/>
    public Task RestoreAsync(ReadOnlyMemory<byte> script, CancellationToken cancellationToken)
    {
        Tape?.Add(new Piece(script.ToArray(), 0, 0, script.Span.Count((byte)'\n')));
        return applier.RestoreAsync(script, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> HasStaticRulesAsync(CancellationToken cancellationToken) => applier.HasStaticRulesAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<KernelTables> ReadAsync(CancellationToken cancellationToken) => applier.ReadAsync(cancellationToken);
}
