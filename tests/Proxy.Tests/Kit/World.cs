using System.Net;
using MiniK8s.Api.Declarations;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>Objects on one side, rules in memory on the other, and between them everything but the loop and the process.</summary>
internal sealed class World : IRuleWorld
{
    private readonly ObjectFeed feed;
    private readonly IReadOnlyList<string> nodeAddresses = [Given.NodeAddress];
    private readonly ScriptBuilder builder;

    public World(Balancing balancing = Balancing.Random, Func<IptablesSettings, IptablesSettings>? change = null)
    {
        Settings = new IptablesSettings { Family = IpFamily.V4, PodCidr = IPNetwork.Parse("10.244.0.0/16") };
        if (change is not null) Settings = change(Settings);
        builder = new ScriptBuilder(Settings);
        Tracker = new ChangeTracker(new TrackerOptions(Settings.Family, Given.NodeName, balancing));
        feed = new ObjectFeed(Tracker);
        Put(Given.Node());
    }

    public World(WorldOptions options)
        : this(options.Balancing, settings => settings with { PodCidr = options.PodCidr, MasqueradeAll = options.MasqueradeAll }) =>
        nodeAddresses = options.NodeAddresses;

    public IptablesSettings Settings { get; }

    public ChangeTracker Tracker { get; }

    public FakeTables Tables { get; } = new();

    public ProxyModel Model { get; private set; } = ProxyModel.Empty(IpFamily.V4);

    public World Put(params IEnumerable<IResource> values)
    {
        feed.Put(values);
        return this;
    }

    public World Remove<T>(string name) where T : class, IResource<T>
    {
        feed.Remove<T>(name);
        return this;
    }

    /// <summary>Takes what is pending and writes everything.</summary>
    public RestoreScript SyncFull()
    {
        Model = Tracker.Take().Current;
        return Run(builder.Full(Model, Found()));
    }

    /// <summary>Takes what is pending and writes what differs.</summary>
    public RestoreScript SyncPartial()
    {
        var change = Tracker.Take();
        Model = change.Current;
        return Run(builder.Partial(change));
    }

    /// <summary>The same model written into empty tables.</summary>
    public FakeTables FromScratch()
    {
        var fresh = new FakeTables();
        fresh.Restore(new ScriptBuilder(Settings).Full(Model, KernelTables.Empty).ToString());
        return fresh;
    }

    public KernelTables Found() => KernelTables.Parse(System.Text.Encoding.UTF8.GetBytes(Tables.Save()));

    /// <summary>Traces a connection; see <see cref="PacketTracer.Trace"/>.</summary>
    public string Trace(string source, string destination, string protocol = "tcp") =>
        new PacketTracer(Tables, [.. nodeAddresses]).Trace(source, destination, protocol).ToString();

    void IRuleWorld.Put(IEnumerable<IResource> values) => Put(values);

    void IRuleWorld.Remove<T>(string name) => Remove<T>(name);

    void IRuleWorld.Sync() => SyncFull();

    private RestoreScript Run(RestoreScript script)
    {
        if (!script.IsEmpty) Tables.Restore(script.ToString());
        return script;
    }
}
