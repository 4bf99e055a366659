using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api.Declarations;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Sync;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>Objects on one side, nf_tables in memory on the other, and between them everything but the loop and the kernel.</summary>
internal sealed class NftWorld : IRuleWorld
{
    private readonly WorldOptions options;
    private readonly ObjectFeed feed;

    public NftWorld(WorldOptions? options = null)
    {
        this.options = options ?? new WorldOptions();
        Settings = new NftSettings { Family = this.options.Family, PodCidr = this.options.PodCidr, MasqueradeAll = this.options.MasqueradeAll };
        Backend = new NftablesBackend(Settings, Kernel, NullLogger.Instance);
        Tracker = new ChangeTracker(new TrackerOptions(Settings.Family, Given.NodeName, this.options.Balancing));
        feed = new ObjectFeed(Tracker);
        Put(Given.Node());
    }

    public NftSettings Settings { get; }

    public ChangeTracker Tracker { get; }

    public FakeNftables Kernel { get; } = new();

    public NftablesBackend Backend { get; }

    public ProxyModel Model { get; private set; } = ProxyModel.Empty(IpFamily.V4);

    public FakeNftTable Table => Kernel.TableOf(Settings.Family)!;

    public NftWorld Put(params IEnumerable<IResource> values)
    {
        feed.Put(values);
        return this;
    }

    public NftWorld Remove<T>(string name) where T : class, IResource<T>
    {
        feed.Remove<T>(name);
        return this;
    }

    /// <summary>Takes what is pending and writes it, as a whole where it must be.</summary>
    public SyncReport Sync()
    {
        var change = Tracker.Take();
        Model = change.Current;
        return Backend.SyncAsync(change, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>The table that the same model gives when it is written as a whole.</summary>
    public FakeNftTable FromScratch()
    {
        var transaction = new NftTransaction(Settings.Family);
        NftTable.Create(Settings, Model, transaction);
        var fresh = new FakeNftables();
        fresh.Commit(transaction);
        return fresh.TableOf(Settings.Family)!;
    }

    /// <inheritdoc/>
    public string Trace(string source, string destination, string protocol = "tcp") => Tracer().Trace(source, destination, protocol).ToString();

    public NftTracer Tracer() => new(Table, [.. options.NodeAddresses]);

    void IRuleWorld.Put(IEnumerable<IResource> values) => Put(values);

    void IRuleWorld.Remove<T>(string name) => Remove<T>(name);

    void IRuleWorld.Sync() => Sync();
}
