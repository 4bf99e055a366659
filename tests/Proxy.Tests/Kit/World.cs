using System.Net;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>Objects on one side, rules in memory on the other, and between them everything but the loop and the process.</summary>
internal sealed class World
{
    private readonly Dictionary<(string Kind, ObjectKey Key), IResource> objects = [];
    private readonly ScriptBuilder builder;

    public World(Balancing balancing = Balancing.Random, Func<IptablesSettings, IptablesSettings>? change = null)
    {
        Settings = new IptablesSettings { Family = IpFamily.V4, PodCidr = IPNetwork.Parse("10.244.0.0/16") };
        if (change is not null) Settings = change(Settings);
        builder = new ScriptBuilder(Settings);
        Tracker = new ChangeTracker(new TrackerOptions(Settings.Family, Given.NodeName, balancing));
        Put(Given.Node());
    }

    public IptablesSettings Settings { get; }

    public ChangeTracker Tracker { get; }

    public FakeTables Tables { get; } = new();

    public ProxyModel Model { get; private set; } = ProxyModel.Empty(IpFamily.V4);

    public World Put(params IEnumerable<IResource> values)
    {
        foreach (var value in values)
        {
            switch (value)
            {
                case Service service:
                    Tracker.Apply(Change(service));
                    break;
                case EndpointSlice slice:
                    Tracker.Apply(Change(slice));
                    break;
                case Node node:
                    Tracker.Apply(Change(node));
                    break;
            }
        }
        return this;
    }

    public World Remove<T>(string name) where T : class, IResource<T>
    {
        var key = new ObjectKey("shop", name);
        objects.Remove((T.Info.Kind, key), out var previous);
        if (previous is Service service) Tracker.Apply(new CacheChange<Service>(key, service, null));
        if (previous is EndpointSlice slice) Tracker.Apply(new CacheChange<EndpointSlice>(key, slice, null));
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
        new PacketTracer(Tables, Given.NodeAddress).Trace(source, destination, protocol).ToString();

    private RestoreScript Run(RestoreScript script)
    {
        if (!script.IsEmpty) Tables.Restore(script.ToString());
        return script;
    }

    private CacheChange<T> Change<T>(T value) where T : class, IResource<T>
    {
        var key = ObjectKey.Of(value);
        var previous = objects.GetValueOrDefault((value.Kind, key)) as T;
        objects[(value.Kind, key)] = value;
        return new CacheChange<T>(key, previous, value);
    }
}
