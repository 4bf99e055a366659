using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Iptables;

/// <summary>However a model came about, its rules are the same.</summary>
public sealed class RandomEditTests(ITestOutputHelper output)
{
    private const int Edits = 10_000;
    private const int ComparedEvery = 250;
    private const int Services = 12;

    [Fact]
    public void Ten_thousand_edits_applied_one_after_the_other_equal_the_rules_from_scratch()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var objects = new RandomObjects(random, Services);
        var world = new World();
        world.SyncFull();
        for (var edit = 1; edit <= Edits; edit++)
        {
            objects.Edit(world);
            // Sometimes several edits travel together, as they do when a sync takes its time.
            if (random.Next(4) != 0) world.SyncPartial();
            if (edit % ComparedEvery != 0) continue;
            world.SyncPartial();
            Assert.True(world.FromScratch().Save() == world.Tables.Save(), $"differs after edit {edit} of seed {seed}");
        }
    }
}
