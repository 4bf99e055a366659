using System.Text;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Iptables;

/// <summary>Very many chains go to the kernel in several restores, and nobody may notice.</summary>
public sealed class BatchTests
{
    private const int Services = 30;

    [Fact]
    public void Batches_end_where_one_script_ends()
    {
        var world = Many(new World(change: settings => settings with { ChainsPerRestore = 10 }), "10.244.1");
        var script = new ScriptBuilder(world.Settings).Full(world.Tracker.Take().Current, KernelTables.Empty);
        var (atOnce, inBatches) = (new FakeTables(), new FakeTables());

        atOnce.Restore(script.ToString());
        foreach (var batch in script.ToBatches()) inBatches.Restore(Encoding.UTF8.GetString(batch.Span));

        Assert.Equal(atOnce.Save(), inBatches.Save());
        Assert.InRange(inBatches.Restores, Services * 3 / 13, Services * 3 / 10);
    }

    [Fact]
    public void After_each_batch_every_service_works_as_before_or_as_it_will()
    {
        var world = Many(new World(change: settings => settings with { ChainsPerRestore = 10 }), "10.244.1");
        world.SyncFull();
        Many(world, "10.244.3");
        world.Put(Given.Service("new", "10.96.1.1"), Given.Slice("new", Given.Local("10.244.9.9")));
        var script = new ScriptBuilder(world.Settings).Full(world.Tracker.Take().Current, world.Found());

        foreach (var batch in script.ToBatches())
        {
            world.Tables.Restore(Encoding.UTF8.GetString(batch.Span));
            for (var i = 0; i < Services; i++)
            {
                var outside = world.Trace("203.0.113.7", $"10.96.0.{i}:80");
                Assert.Contains(outside, (string[])[$"10.244.1.{i}:8080, 10.244.2.{i}:8080 masq", $"10.244.2.{i}:8080, 10.244.3.{i}:8080 masq"]);
            }
        }

        Assert.Equal("10.244.9.9:8080", world.Trace("10.244.1.99", "10.96.1.1:80"));
        Assert.DoesNotContain("10.244.1.", world.Tables.Save(), StringComparison.Ordinal);
    }

    [Fact]
    public void Few_chains_are_one_script()
    {
        var world = Many(new World(change: settings => settings with { ChainsPerRestore = 1000 }), "10.244.1");

        Assert.Single(world.SyncFull().ToBatches());
    }

    private static World Many(World world, string subnet)
    {
        for (var i = 0; i < Services; i++)
        {
            world.Put(Given.Service($"s{i}", $"10.96.0.{i}"), Given.Slice($"s{i}", Given.Local($"{subnet}.{i}"), Given.Remote($"10.244.2.{i}")));
        }
        return world;
    }
}
