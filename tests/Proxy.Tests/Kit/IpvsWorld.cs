using MiniK8s.Api.Declarations;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Sync;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>The models of a <see cref="World"/>, programmed by the real backend into a kernel in memory.</summary>
internal sealed class IpvsWorld(World world, string scheduler = IpvsSchedulers.Default) : IRuleWorld
{
    private readonly IpvsSettings settings = new(world.Settings, scheduler);
    private IpvsBackend? backend;

    public World World => world;

    public ChangeTracker Tracker => world.Tracker;

    /// <summary>What was programmed last.</summary>
    public ProxyModel Model { get; private set; } = ProxyModel.Empty(world.Settings.Family);

    public FakeIpvsKernel Kernel { get; init; } = new();

    public FakeApplier Rules { get; init; } = new();

    public IpvsBackend Backend => backend ??= new IpvsBackend(settings, Kernel, Rules);

    /// <summary>Takes what is pending and programs it.</summary>
    public async Task<SyncReport> SyncAsync()
    {
        var change = world.Tracker.Take();
        Model = change.Current;
        return await Backend.SyncAsync(change, TestContext.Current.CancellationToken);
    }

    /// <summary>The same model programmed into an empty kernel.</summary>
    public async Task<IpvsWorld> FromScratchAsync()
    {
        var fresh = new IpvsWorld(world, settings.Scheduler);
        await fresh.ProgramAsync(Model);
        return fresh;
    }

    /// <summary>Begins anew as another process would, with the kernel as it is.</summary>
    public async Task RestartAsync()
    {
        backend = null;
        await ProgramAsync(Model);
    }

    /// <summary>Programs a model as the first.</summary>
    public async Task ProgramAsync(ProxyModel first)
    {
        Model = first;
        await Backend.SyncAsync(new ProxyChange(ProxyModel.Empty(first.Family), first, []), TestContext.Current.CancellationToken);
    }

    /// <summary>Everything in the kernel as text.</summary>
    public string Save() => Kernel.Save() + Rules.Tables.Save();

    /// <summary>Traces a connection; see <see cref="PacketTracer.Trace"/>.</summary>
    public string Trace(string source, string destination, string protocol = "tcp") =>
        new IpvsTracer(Rules.Tables, Kernel).Trace(source, destination, protocol).ToString();

    void IRuleWorld.Put(IEnumerable<IResource> values) => world.Put(values);

    void IRuleWorld.Remove<T>(string name) => world.Remove<T>(name);

    void IRuleWorld.Sync() => SyncAsync().GetAwaiter().GetResult();
}
